import { sessionCookie } from "../support/session-cookie.ts";
import { queueToken } from "../support/tokens.ts";
import {
  AND_SESSION,
  heldBy,
  honest,
  NO_PAGE,
  OTHER_KEY,
  PAGE,
  row,
  SITE,
  theSite,
  TOLD,
  TURNED_AWAY,
  WAITS,
  type BypassCase,
} from "./bypass-case.ts";

const PREFLIGHT = "Preflight";
const OPTIONS = "OPTIONS /tickets";
const EVIL = "origin: https://evil.example";
const GET = "access-control-request-method: GET";
const asBrowser = { headers: [EVIL, GET] };

const NOTHING_COMES = heldBy(
  "Of the site's answer only the status and the CORS headers come back (`worker/answers/cross-origin.ts`)",
);
const NO_BROWSER = heldBy("Only what a browser sends as a preflight is one (`worker/visitor/preflight.ts`)");

/** Nearly a preflight. */
function nearly(trick: string, ...headers: readonly string[]): BypassCase {
  return row(PREFLIGHT, trick, OPTIONS, WAITS, NO_BROWSER, { headers });
}

export const PREFLIGHT_CASES: readonly BypassCase[] = [
  row(PREFLIGHT, "what a browser sends before a script's call", OPTIONS, NO_PAGE, NOTHING_COMES, asBrowser),
  row(
    PREFLIGHT,
    "to a site that answers it as it answers GET",
    "OPTIONS /tickets?says=set-cookie%3A%20basket%3D1%7Clink%3A%20%3C%2Fbuy%3E",
    `${NO_PAGE}; \`link: –\``,
    NOTHING_COMES,
    { ...asBrowser, shows: "link" },
  ),
  row(
    PREFLIGHT,
    "to a site that sends it elsewhere",
    "OPTIONS /tickets?says=location%3A%20https%3A%2F%2Fshop.example%2Fbuy",
    NO_PAGE,
    NOTHING_COMES,
    asBrowser,
  ),
  row(
    PREFLIGHT,
    "by which the site does something",
    "OPTIONS /tickets?buy=1",
    NO_PAGE,
    theSite(
      'It must do nothing for OPTIONS, as for GET. It is asked as often as somebody likes: limit that with a rule of Cloudflare\'s, or have no preflight pass with `preflights: "queue"`.',
    ),
    asBrowser,
  ),
  row(PREFLIGHT, "where none passes", OPTIONS, WAITS, heldBy('`preflights: "queue"`'), {
    ...asBrowser,
    setup: "all queue",
  }),
  row(
    PREFLIGHT,
    "with a token that is forged",
    `${OPTIONS}?queueittoken=${queueToken({}, OTHER_KEY)}`,
    NO_PAGE,
    heldBy("A preflight's token is not looked at"),
    asBrowser,
  ),
  row(
    PREFLIGHT,
    "with a token, to get a session or to use it up for another",
    `${OPTIONS}?queueittoken=${queueToken()}`,
    NO_PAGE,
    heldBy("A preflight's token is not looked at"),
    asBrowser,
  ),
  row(PREFLIGHT, "on the page that ends a session", "OPTIONS /leave", NO_PAGE, NOTHING_COMES, asBrowser),
  nearly("with no origin", GET),
  nearly("with an empty origin", "origin:", GET),
  nearly("with several origins", EVIL, "origin: https://shop.example", GET),
  nearly("with an origin that is none", "origin: evil", GET),
  nearly("with an address for an origin", "origin: https://evil.example/", GET),
  nearly("with the site's own origin", "origin: http://shop.example", GET),
  nearly("without a method to ask for", EVIL),
  nearly("with an empty method to ask for", EVIL, "access-control-request-method:"),
  nearly("with two methods to ask for", EVIL, GET, "access-control-request-method: POST"),
  ...["get", "TRACE", "CONNECT", "G ET", "*"].map((method) =>
    nearly("with a method that no script may ask for", EVIL, `access-control-request-method: ${method}`),
  ),
  nearly("with empty names of headers", EVIL, GET, "access-control-request-headers:"),
  nearly("with names of headers that are none", EVIL, GET, "access-control-request-headers: a b,,"),
  nearly("that navigates", EVIL, GET, "sec-fetch-mode: navigate"),
  ...[
    "cookie: a=1",
    "x-queueittoken:",
    "authorization: Basic YTpi",
    "content-type: text/plain",
    "upgrade: websocket",
    "x-http-method-override: GET",
    "x-http-method: GET",
    "x-method-override: GET",
  ].map((header) => nearly("with a header that no browser adds", EVIL, GET, header)),
  row(PREFLIGHT, "by a script", OPTIONS, WAITS + TOLD, NO_BROWSER, {
    headers: [EVIL, GET, "x-queueit-ajaxpageurl: x"],
  }),
  row(
    PREFLIGHT,
    "with a cookie header that has no cookie",
    OPTIONS,
    NO_PAGE,
    heldBy("The runtime takes it out, for the Worker and for the site"),
    { headers: [EVIL, GET, "cookie:"] },
  ),
  row(
    PREFLIGHT,
    "with a token in a header",
    OPTIONS,
    `${WAITS}, behind Queue-it's \`/error/hash/\``,
    NO_BROWSER,
    { headers: [EVIL, GET, `x-queueittoken: ${queueToken({}, OTHER_KEY)}`] },
  ),
  row(PREFLIGHT, "with a body", OPTIONS, WAITS, NO_BROWSER, { ...asBrowser, body: "seat=4" }),
  row(PREFLIGHT, "with a body in chunks", OPTIONS, WAITS, NO_BROWSER, {
    headers: [EVIL, GET, "transfer-encoding: chunked"],
    body: "4\r\nseat\r\n0\r\n\r\n",
  }),
  row(
    PREFLIGHT,
    "in the name of an allowed origin",
    OPTIONS,
    "`204 `",
    honest("the connector answers, and the site is not asked"),
    {
      headers: [
        "origin: https://www.shop.example",
        GET,
        "access-control-request-headers: x-queueit-ajaxpageurl",
      ],
      setup: "allowed origin",
    },
  ),
  row(
    PREFLIGHT,
    "in whose name the call comes then",
    PAGE,
    `${WAITS}${TOLD}; \`access-control-allow-origin: https://www.shop.example\``,
    heldBy("An allowed origin may read where to wait, and nothing else"),
    {
      headers: ["origin: https://www.shop.example", "x-queueit-ajaxpageurl: x"],
      shows: "access-control-allow-origin",
      setup: "allowed origin",
    },
  ),
  ...[
    "https://evil.example",
    "https://www.shop.example.evil.example",
    "null",
    "https://www.shop.example:8443",
  ].map((origin) =>
    row(
      PREFLIGHT,
      "another origin that wants to read where to wait",
      PAGE,
      `${WAITS}${TOLD}; \`access-control-allow-origin: –\``,
      heldBy("Origins are compared as a whole, and `null` cannot be one of them"),
      {
        headers: [`origin: ${origin}`, "x-queueit-ajaxpageurl: x"],
        shows: "access-control-allow-origin",
        setup: "allowed origin",
      },
    ),
  ),
];

const PREFETCH = "Prefetch";
const NO_PLACE = heldBy(
  "Whoever fetches ahead gets neither the page nor a place (`worker/validation/ahead.ts`)",
);
const SEC = "sec-purpose: prefetch";

export const PREFETCH_CASES: readonly BypassCase[] = [
  ...[
    SEC,
    "sec-purpose: prefetch;prerender",
    "sec-purpose: prefetch;anonymous-client-ip",
    "purpose: prefetch",
    "x-moz: prefetch",
    "x-purpose: preview",
  ].map((header) =>
    row(PREFETCH, "a page that is only fetched ahead", PAGE, TURNED_AWAY, NO_PLACE, { headers: [header] }),
  ),
  ...[
    "purpose: x",
    "sec-purpose:",
    "sec-fetch-dest: image",
    "service-worker: script",
    "cdn-loop: cloudflare",
  ].map((header) =>
    row(PREFETCH, "what is not fetched ahead", PAGE, WAITS, heldBy("Whoever asks, waits"), {
      headers: [header],
    }),
  ),
  row(PREFETCH, "where it queues", PAGE, WAITS, heldBy('`prefetches: "queue"`'), {
    headers: [SEC],
    setup: "all queue",
  }),
  row(PREFETCH, "with a session", PAGE, SITE + AND_SESSION, honest("it has waited"), {
    headers: [SEC, `cookie: ${sessionCookie()}`],
  }),
  row(PREFETCH, "with a session of another key", PAGE, TURNED_AWAY, NO_PLACE, {
    headers: [SEC, `cookie: ${sessionCookie({}, OTHER_KEY)}`],
  }),
  row(
    PREFETCH,
    "with a token, to get a session or to use it up for another",
    `${PAGE}?queueittoken=${queueToken()}`,
    TURNED_AWAY,
    heldBy("A token is for the visitor who comes with it: nothing that is fetched ahead is shown it"),
    { headers: [SEC] },
  ),
  row(PREFETCH, "with a token in a header", PAGE, TURNED_AWAY, NO_PLACE, {
    headers: [SEC, `x-queueittoken: ${queueToken()}`],
  }),
  row(
    PREFETCH,
    "the page that ends a session",
    "GET /leave",
    TURNED_AWAY,
    heldBy("Nobody's session ends for a link that was not followed"),
    { headers: [SEC, `cookie: ${sessionCookie()}`] },
  ),
  row(PREFETCH, "by a script", PAGE, TURNED_AWAY, NO_PLACE, {
    headers: [SEC, "x-queueit-ajaxpageurl: x"],
  }),
  row(PREFETCH, "with a form", "POST /form", TURNED_AWAY, NO_PLACE, { headers: [SEC], body: "buy=1" }),
  row(PREFETCH, "where a direct pass may be had", PAGE, TURNED_AWAY, NO_PLACE, {
    headers: [SEC],
    setup: "direct pass",
  }),
];

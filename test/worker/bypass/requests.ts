import {
  heldBy,
  queueIt,
  REFUSED,
  row,
  SITE,
  theSite,
  WAITS,
  honest,
  type BypassCase,
} from "./bypass-case.ts";

const METHOD = "Method and body";
const BUY = { body: "item=1&buy=1" };
export const METHOD_CASES: readonly BypassCase[] = [
  ...["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "QUERY", "TRACE", "PURGE"].map(
    (method) =>
      row(
        METHOD,
        "another method",
        `${method} /tickets`,
        WAITS,
        heldBy("The Worker does not ask for the method"),
      ),
  ),
  row(METHOD, "a method in small letters", "get /tickets", REFUSED, heldBy("The runtime does not know it")),
  row(METHOD, "a method that nobody knows", "FOO /tickets", REFUSED, heldBy("The runtime does not know it")),
  row(METHOD, "a tunnel", "CONNECT shop.example:443", REFUSED, heldBy("A Worker takes no tunnels")),
  row(
    METHOD,
    "another method for the site",
    "POST /tickets",
    WAITS,
    heldBy("The Worker does not ask for the method"),
    {
      headers: ["x-http-method-override: OPTIONS"],
    },
  ),
  row(
    METHOD,
    "a form that the trigger knows by its body",
    "POST /form",
    WAITS,
    honest("the action on the body"),
    BUY,
  ),
  row(METHOD, "the same by GET", "GET /form", WAITS, heldBy("A body is looked at, whatever the method"), BUY),
  row(
    METHOD,
    "the same in chunks",
    "POST /form",
    WAITS,
    heldBy("The body is read as the runtime puts it together"),
    {
      headers: ["transfer-encoding: chunked"],
      body: "2\r\nbu\r\n1\r\ny\r\n0\r\n\r\n",
    },
  ),
  row(
    METHOD,
    "behind 2,048 characters",
    "POST /form",
    SITE,
    queueIt("Queue-it's connectors look no further. Protect the form's address as well."),
    {
      body: `${"x".repeat(2048)}buy`,
    },
  ),
  row(
    METHOD,
    "percent-encoded",
    "POST /form",
    SITE,
    queueIt("The body is compared as it comes. Protect the form's address as well."),
    {
      body: "item=1&b%75y=1",
    },
  ),
  row(
    METHOD,
    "in UTF-16",
    "POST /form",
    SITE,
    queueIt("A body is read as UTF-8. Protect the form's address as well."),
    {
      headers: ["content-type: text/plain; charset=utf-16le"],
      body: "b\0u\0y\0",
    },
  ),
];

const HEADER = "Header";
export const HEADER_CASES: readonly BypassCase[] = [
  ...[
    "x-original-url: /static/",
    "x-rewrite-url: /static/",
    "x-forwarded-prefix: /static",
    "x-accel-redirect: /static/",
  ].map((header) =>
    row(
      HEADER,
      "another address for the site",
      "GET /tickets",
      WAITS,
      heldBy("The Worker looks at the address alone"),
      {
        headers: [header],
      },
    ),
  ),
  row(
    HEADER,
    "the protected address for the site, on an open page",
    "GET /about",
    SITE,
    theSite("It must not believe `X-Original-URL` and its like; a rule of Cloudflare's can remove them."),
    {
      headers: ["x-original-url: /tickets"],
    },
  ),
  ...[
    "range: bytes=0-1",
    "if-none-match: *",
    "if-modified-since: Thu, 01 Jan 2099 00:00:00 GMT",
    "upgrade: websocket",
    "upgrade: h2c",
  ].map((header) =>
    row(
      HEADER,
      "what a server may answer otherwise",
      "GET /tickets",
      WAITS,
      heldBy("The Worker answers before the site"),
      { headers: [header] },
    ),
  ),
  ...[
    "x-queueit-connector: cloudflare",
    "x-queueit-failed: true",
    "x-queueit-redirect: x",
    "cf-worker: shop.example",
  ].map((header) =>
    row(
      HEADER,
      "the connector's own words",
      "GET /tickets",
      WAITS,
      heldBy("They mean nothing in a request"),
      { headers: [header] },
    ),
  ),
  row(
    HEADER,
    "a robot's name, where an action lets it pass",
    "GET /tickets",
    SITE,
    queueIt(
      "Anybody can send a `User-Agent`. Use Cloudflare's verified bots in a rule of its own, not an `Ignore` action.",
    ),
    {
      headers: ["user-agent: Googlebot/2.1"],
    },
  ),
  row(
    HEADER,
    "a header, where an action lets it pass",
    "GET /tickets",
    SITE,
    queueIt(
      "Anybody can send a header. Only a secret nobody can guess is one, or a rule that removes it first.",
    ),
    {
      headers: ["x-internal: 1"],
    },
  ),
  row(
    HEADER,
    "that header twice",
    "GET /tickets",
    WAITS,
    heldBy("The runtime joins the lines, and `0, 1` is not `1`"),
    {
      headers: ["x-internal: 0", "x-internal: 1"],
    },
  ),
  row(
    HEADER,
    "60,000 characters",
    "GET /tickets",
    WAITS,
    heldBy("The Worker's time grows with the length, no faster (`test/worker/linear-cost.test.ts`)"),
    {
      headers: [`user-agent: ${"x".repeat(60_000)}`],
    },
  ),
];

import { sessionCookie } from "../support/session-cookie.ts";
import { queueToken } from "../support/tokens.ts";
import {
  AGAIN,
  AND_SESSION,
  heldBy,
  honest,
  row,
  SITE,
  theSite,
  TOLD,
  WAITS,
  type BypassCase,
  PAGE,
} from "./bypass-case.ts";

const session = [`cookie: ${sessionCookie()}`];

const SCRIPT = "Scripts (AJAX)";
const asScript = (page: string): { readonly headers: readonly string[] } => ({
  headers: [`x-queueit-ajaxpageurl: ${page}`],
});
export const SCRIPT_CASES: readonly BypassCase[] = [
  row(
    SCRIPT,
    "a script's request",
    PAGE,
    WAITS + TOLD,
    honest("it is told where to go"),
    asScript("https%3A%2F%2Fshop.example%2Ftickets"),
  ),
  ...[
    "",
    "%zz",
    "javascript:alert(1)",
    "https%3A%2F%2Fevil.example",
    "\xff\xfe",
    "a%0d%0aset-cookie:%20a=1",
    "x".repeat(20_000),
  ].map((page) =>
    row(
      SCRIPT,
      "a page of no kind",
      PAGE,
      page === "" ? WAITS : WAITS + TOLD,
      heldBy("The header says how the answer is told, not whether"),
      asScript(page),
    ),
  ),
  row(
    SCRIPT,
    "with a token that is forged",
    `${PAGE}?queueittoken=${queueToken({}, "another-fake-secret")}`,
    `${WAITS}, behind Queue-it's \`/error/hash/\`${TOLD}`,
    heldBy("The SDK checks the signature"),
    asScript("x"),
  ),
  row(SCRIPT, "with a session", PAGE, SITE + AND_SESSION, honest("it has waited"), {
    headers: [...session, ...asScript("x").headers],
  }),
];

const CACHE = "Caches";
const NO_STORE = "cache-control: no-cache, no-store, must-revalidate, max-age=0";
const says = (...lines: string[]): string => `${PAGE}?says=${encodeURIComponent(lines.join("|"))}`;
const shows = "cache-control";
const PRIVATE = heldBy(
  "An answer with a session is `private`, and loses what only shared caches obey (`worker/answers/cache-privacy.ts`)",
);
export const CACHE_CASES: readonly BypassCase[] = [
  row(
    CACHE,
    "the redirect to the waiting room, kept for others",
    PAGE,
    `${WAITS}; \`${NO_STORE}\``,
    heldBy("Nobody may keep it, so that it need not vary"),
    { shows },
  ),
  row(
    CACHE,
    "the answer to a script, kept for others",
    PAGE,
    `${WAITS}${TOLD}; \`${NO_STORE}\``,
    heldBy("Nobody may keep it"),
    { ...asScript("x"), shows },
  ),
  row(
    CACHE,
    "the redirect that brings the session, kept for others",
    `${PAGE}?queueittoken=${queueToken()}`,
    `${AGAIN}${AND_SESSION}; \`${NO_STORE}\``,
    heldBy("Nobody may keep it"),
    { shows },
  ),
  row(
    CACHE,
    "the error page's redirect, kept for others",
    `${PAGE}?queueittoken=x`,
    `${WAITS}, behind Queue-it's \`/error/hash/\`; \`${NO_STORE}\``,
    heldBy("Nobody may keep it"),
    { shows },
  ),
  row(CACHE, "a page with a session", PAGE, `${SITE}${AND_SESSION}; \`cache-control: private\``, PRIVATE, {
    headers: session,
    shows,
  }),
  row(
    CACHE,
    "a page that the site calls public",
    says("cache-control: public, max-age=600, s-maxage=900"),
    `${SITE}${AND_SESSION}; \`cache-control: private, max-age=600\``,
    PRIVATE,
    { headers: session, shows },
  ),
  row(
    CACHE,
    "a page that the site keeps to itself",
    says("cache-control: no-store"),
    `${SITE}${AND_SESSION}; \`cache-control: private, no-store\``,
    PRIVATE,
    { headers: session, shows },
  ),
  row(
    CACHE,
    "a page that a cache keeps if it understands its status",
    says("cache-control: must-understand, no-store, max-age=600"),
    `${SITE}${AND_SESSION}; \`cache-control: private, no-store, max-age=600\``,
    PRIVATE,
    { headers: session, shows },
  ),
  ...[
    "cdn-cache-control",
    "cloudflare-cdn-cache-control",
    "surrogate-control",
    "edge-control",
    "x-accel-expires",
  ].map((name) =>
    row(
      CACHE,
      "a page that the site has caches keep",
      says(`${name}: max-age=600`),
      `${SITE}${AND_SESSION}; \`${name}: –\``,
      PRIVATE,
      { headers: session, shows: name },
    ),
  ),
  row(
    CACHE,
    "a page that varies by nothing",
    says("cache-control: public", "vary: accept"),
    `${SITE}${AND_SESSION}; \`vary: accept\``,
    heldBy("What is `private` need not vary: no cache gives it to anybody else"),
    { headers: session, shows: "vary" },
  ),
  row(
    CACHE,
    "a public page without a new session, where sessions are not extended",
    "GET /fixed?says=cache-control%3A%20public",
    `${SITE}; \`cache-control: public\``,
    theSite(
      "It says that anybody may have the page, so a cache between Cloudflare and the visitor may give it away. Pages worth waiting for are `private`.",
    ),
    { headers: session, shows },
  ),
];

const DIRECT = "Direct pass";
export const DIRECT_CASES: readonly BypassCase[] = [
  row(
    DIRECT,
    "a text that the endpoint does not take (4xx)",
    PAGE,
    WAITS,
    heldBy("A refusal is not a failure"),
    { setup: "direct pass" },
  ),
  row(
    DIRECT,
    "60,000 characters for it",
    PAGE,
    WAITS,
    heldBy(
      "What a visitor brings is cut to 2,048 characters, never inside of one (`test/worker/endpoints.test.ts`)",
    ),
    { setup: "direct pass", headers: [`user-agent: ${"\xf0\x9f\x98\x80".repeat(15_000)}`] },
  ),
];

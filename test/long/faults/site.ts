import type { RawAnswer } from "../../worker/support/raw-origin.ts";
import { MODES, outcome, SITE_WITH_SESSION, WAITS, type FaultCase, type Given } from "./fault-case.ts";

const answer = (status: string, headers = "", body = "hi"): RawAnswer => ({
  bytes: `HTTP/1.1 ${status}\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`,
});

/** The last of each hundred, those with rules of their own, and those that Cloudflare itself gives. */
const STATUSES = [
  ...[
    "200 OK",
    "201 Created",
    "202 Accepted",
    "203 Non-Authoritative",
    "204 No Content",
    "205 Reset Content",
  ],
  ...["206 Partial Content", "207 Multi-Status", "208 Already Reported", "226 IM Used", "299 Odd"],
  ...["300 Multiple Choices", "301 Moved", "302 Found", "303 See Other", "304 Not Modified", "305 Use Proxy"],
  ...["306 Unused", "307 Temporary Redirect", "308 Permanent Redirect", "399 Odd"],
  ...["400 Bad Request", "401 Unauthorized", "402 Payment Required", "403 Forbidden", "404 Not Found"],
  ...["405 Not Allowed", "406 Not Acceptable", "407 Proxy Authentication", "408 Timeout", "409 Conflict"],
  ...["410 Gone", "411 Length Required", "412 Precondition Failed", "413 Too Large", "414 Too Long"],
  ...[
    "416 Range Not Satisfiable",
    "417 Expectation Failed",
    "418 Teapot",
    "421 Misdirected",
    "425 Too Early",
  ],
  ...["426 Upgrade Required", "428 Precondition Required", "429 Too Many", "431 Headers Too Large"],
  ...["451 Legal", "499 Closed", "500 Error", "501 Not Implemented", "502 Bad Gateway", "503 Unavailable"],
  ...["504 Timeout", "505 Version", "508 Loop", "511 Network", "520 Unknown", "521 Down", "522 Timed Out"],
  ...["523 Unreachable", "524 Timeout", "525 Handshake", "526 Certificate", "530 Error", "599 Odd"],
];

/** What no `Response` can be made of goes to the visitor as it came. */
const BEYOND = ["600 Odd", "700 Odd", "999 Odd"];
const NOT_FINAL = ["100 Continue", "101 Switching", "102 Processing", "103 Early Hints", "199 Odd"];

const UNUSABLE = outcome(
  "502, The site's answer cannot be shown",
  1,
  "failed-origin: origin-answer-unusable",
);
const UNREACHABLE = outcome("502, The site cannot be reached", 1, "failed-origin: origin-unreachable");

/** With a body on the way, the runtime does not say who broke off. */
const BROKEN_OFF = outcome("502, The site cannot be reached", 1, "upload-broken-off: visitor-or-origin");

/** The visitor's browser knows, too: it was told of more. */
const CUT_OFF = outcome("the site's answer, cut off, and a session", 1);

const NO_ANSWER: readonly [string, RawAnswer][] = [
  ["closes without an answer", {}],
  ["resets the connection", { then: "reset" }],
  ["speaks another protocol", { bytes: "SSH-2.0-OpenSSH_9.7\r\n\r\n" }],
  ["breaks off in its status line", { bytes: "HTTP/1.1 2" }],
  ["breaks off in its headers", { bytes: "HTTP/1.1 200 OK\r\ncontent-" }],
  ["resets in its headers", { bytes: "HTTP/1.1 200 OK\r\ncontent-", then: "reset" }],
  ["gives a length that is no number", { bytes: "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nhi" }],
  ["gives a status that is no number", { bytes: "HTTP/1.1 abc OK\r\ncontent-length: 2\r\n\r\nhi" }],
];

const ODD: readonly [string, Partial<Given>][] = [
  ["answers after 3 s", { site: { ...answer("200 OK"), afterMs: 3000 } }],
  ["breaks off in its body", { site: { bytes: "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhi" } }],
  [
    "resets in its body",
    { site: { bytes: "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhi", then: "reset" } },
  ],
  [
    "breaks off in a chunk",
    { site: { bytes: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nhi" } },
  ],
  ["ends its body by closing", { site: { bytes: "HTTP/1.1 200 OK\r\n\r\nhi" } }],
  ["speaks HTTP/1.0", { site: { bytes: "HTTP/1.0 200 OK\r\n\r\nhi" } }],
  [
    "streams events",
    { site: { bytes: "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n" } },
  ],
  ["has no body", { site: answer("200 OK", "", "") }],
  ["has a megabyte", { site: answer("200 OK", "", "x".repeat(1_000_000)) }],
  ["has a hundred headers", { site: answer("200 OK", "x-own: 1\r\n".repeat(100)) }],
  ["has a header of 16 KB", { site: answer("200 OK", `x-own: ${"x".repeat(16_000)}\r\n`) }],
  ["has a reason phrase in latin1", { site: answer("200 caf\xe9") }],
  ["has no reason phrase", { site: answer("200 ") }],
  ["sends cookies that are none", { site: answer("200 OK", "set-cookie: \r\nset-cookie: =;;\r\n") }],
  ["is compressed", { site: answer("200 OK", "content-encoding: gzip\r\n", GZIPPED()) }],
  ["says gzip of what is none", { site: answer("200 OK", "content-encoding: gzip\r\n") }],
  ["says brotli of what is none", { site: answer("200 OK", "content-encoding: br\r\n") }],
  ["has an encoding nobody knows", { site: answer("200 OK", "content-encoding: zip\r\n") }],
  ["may be cached by everybody", { site: answer("200 OK", "cache-control: public, s-maxage=600\r\n") }],
  [
    "answers a part to `Range`",
    { site: answer("206 Part", "content-range: bytes 0-1/9\r\n"), headers: ["range: bytes=0-1"] },
  ],
  ["answers 416 to `Range`", { site: answer("416 Range"), headers: ["range: bytes=9-"] }],
  [
    "answers 304 to `If-None-Match`",
    { site: { bytes: 'HTTP/1.1 304 Not\r\netag: "1"\r\n\r\n' }, headers: ['if-none-match: "1"'] },
  ],
  ["answers HEAD", { site: { bytes: "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n" }, method: "HEAD" }],
  ["answers OPTIONS", { site: answer("204 No", "", ""), method: "OPTIONS" }],
  ["answers PROPFIND", { site: answer("207 Multi"), method: "PROPFIND" }],
  ["sets the connector's own headers", { site: answer("200 OK", "x-queueit-connector: x\r\n") }],
];

function GZIPPED(): string {
  return Buffer.from("H4sIAAAAAAAAA8vIBACsKpPYAgAAAA==", "base64").toString("latin1");
}

const EDGE = "The site";

function caseOf(
  mode: FaultCase["mode"],
  fault: string,
  given: Given,
  expected: FaultCase["expected"],
): FaultCase {
  return { edge: EDGE, fault, visitor: "with a session", mode, given, expected };
}

export const SITE_CASES: readonly FaultCase[] = [
  ...STATUSES.map((status) =>
    caseOf("open", `answers ${status}`, { site: answer(status) }, outcome(SITE_WITH_SESSION, 1)),
  ),
  ...BEYOND.map((status) =>
    caseOf("open", `answers ${status}`, { site: answer(status) }, outcome("the site's answer", 1)),
  ),
  ...MODES.flatMap((mode) => [
    ...NO_ANSWER.map(([fault, site]) => caseOf(mode, fault, { site }, UNREACHABLE)),
    ...NOT_FINAL.map((status) => caseOf(mode, `answers ${status}`, { site: answer(status) }, UNUSABLE)),
  ]),
  ...ODD.map(([fault, given]) =>
    caseOf("closed", fault, given, / in its body$/.test(fault) ? CUT_OFF : outcome(SITE_WITH_SESSION, 1)),
  ),
  ...["POST", "PUT", "DELETE"].map((method) =>
    caseOf(
      "open",
      `resets the connection of a ${method}`,
      { site: { then: "reset" }, method, headers: method === "POST" ? ["content-length: 10"] : [] },
      method === "POST" ? BROKEN_OFF : UNREACHABLE,
    ),
  ),
  caseOf(
    "open",
    "cannot be given an upload that its visitor breaks off",
    { method: "POST", headers: ["content-length: 20"] },
    { ...BROKEN_OFF, siteAsked: 0 },
  ),
  {
    edge: EDGE,
    fault: "resets the connection",
    visitor: "new",
    mode: "open",
    given: { site: { then: "reset" } },
    expected: outcome(WAITS, 0),
  },
];

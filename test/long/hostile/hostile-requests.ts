import fc from "fast-check";
import { hostileCookies, hostileToken } from "./credentials.ts";

/** A request as bytes, in latin1, before anybody has parsed it. */
export interface HostileRequest {
  readonly requestLine: string;
  /** Lines, with the `host` ones first. */
  readonly headers: readonly string[];
  readonly body: string;
  readonly isChunked: boolean;
}

const NOW = Math.floor(Date.now() / 1000);

const parameter = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          "queueittoken",
          "QueueItToken",
          "queueittoken%00",
          "%71ueueittoken",
          "queueittoken[]",
          "queueittoken ",
          "a;queueittoken",
        ),
        hostileToken,
      )
      .map((both) => both.join("=")),
  },
  fc.constantFrom(
    "queueittoken",
    "queueittoken=",
    "a=1",
    "__queueit_status",
    "__push_queueit_config=",
    "__push_queueit_config%00",
    "%",
    "=",
    "?",
    "/static/",
    "t=https://evil.example",
    "c=evil&e=evil",
  ),
);
const PATHS = [
  "/tickets",
  "/tickets",
  "/tickets",
  "/",
  "//",
  "/leave",
  "/static/app.js",
  "/%2e%2e/",
  "/tickets;x",
  "/%74ickets",
  "/%2574ickets",
  "/TICKETS",
  "/t\xefckets",
  "/tickets%20",
  "/tickets.",
  "/static/../tickets",
  "/static/%2e%2e/tickets",
  "/static/..%2ftickets",
  "/static\\..\\tickets",
  "/tickets/static/",
  "/a%00",
  "/\\",
  "/@evil.example",
  "/..",
  "/\xf0\x9f\x98\x80",
  "/\xed\xa0\xbd",
  "/" + "a/../".repeat(1500),
];
/** The runtime refuses these before any Worker is asked, which takes it as long as ten requests. */
const REFUSED_TARGETS = [
  "*",
  "",
  "tickets",
  "http://shop.example/tickets",
  "https://evil.example/tickets",
  "http://shop.example@evil.example/",
];
const path = fc.oneof(
  { weight: 90, arbitrary: fc.constantFrom(...PATHS) },
  fc.constantFrom(...REFUSED_TARGETS),
);
const target = fc
  .tuple(
    path,
    fc.array(parameter, { maxLength: 3 }),
    fc.constantFrom("?", "?", "?", "?", "?x=%3f&", "#?", "??", "?&&", ";", "\t?"),
    fc.constantFrom("", "", "", "#", "#&queueittoken=x", "?"),
  )
  .map(([path, query, begin, end]) => path + (query.length === 0 ? "" : begin + query.join("&")) + end);
const METHODS = [
  ...["GET", "GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"],
  ...["PROPFIND", "MKCOL", "COPY", "LOCK", "SEARCH", "PURGE", "REPORT", "TRACE", "QUERY"],
];
const method = fc.oneof(
  { weight: 90, arbitrary: fc.constantFrom(...METHODS) },
  fc.constantFrom("CONNECT", "get", "Post", "FOO", "G\xcbT"),
);
const requestLine = fc
  .tuple(
    method,
    target,
    fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9"),
  )
  .map((parts) => parts.join(" "));

const HOSTS = [
  "shop.example",
  "SHOP.example.",
  "shop.example..",
  "shop.example:443",
  "shop.example:",
  "shop.example:0",
  "shop.example:99999",
  "evil.example",
  "[::1",
  "[::1]:80",
  "xn--a",
  "256.1.1.1",
  "shop:x",
  "*",
];
const ODD_HOSTS = [
  "%73hop.example",
  "sh\xd0\xbep.example",
  "shop.example@evil.example",
  "shop.example, evil.example",
  " shop.example ",
  "",
];
const hosts = fc.oneof(
  { weight: 60, arbitrary: fc.constant(["shop.example"]) },
  { weight: 25, arbitrary: fc.constantFrom(...HOSTS).map((host) => [host]) },
  fc.array(fc.constantFrom(...HOSTS, ...ODD_HOSTS), { maxLength: 2 }),
);

/** Headers that something between the visitor and the site may believe, or that mean something to us. */
const OTHER_HEADERS = [
  ["purpose", "prefetch"],
  ["sec-purpose", "prefetch;prerender"],
  ["x-moz", "prefetch"],
  ["cf-connecting-ip", "192.0.2.1"],
  ["cf-connecting-ip", ""],
  ["x-forwarded-for", "203.0.113.9"],
  ["x-forwarded-host", "evil.example"],
  ["x-original-url", "/static/"],
  ["x-rewrite-url", "/static/"],
  ["x-http-method-override", "OPTIONS"],
  ["upgrade", "websocket"],
  ["upgrade", "h2c"],
  ["connection", "cookie, upgrade"],
  ["access-control-request-method", "GET"],
  ["origin", "https://evil.example"],
  ["x-queueit-failed", "true"],
  ["x-queueit-connector", "cloudflare"],
  ["x-queueit-redirect", "https%3A%2F%2Fevil.example"],
  ["range", "bytes=0-"],
  ["if-none-match", "*"],
  ["expect", "100-continue"],
  ["content-encoding", "gzip"],
  ["x-buy", "yes"],
  ["user-agent", "Googlebot"],
  ["user-agent", "\u00ff".repeat(5000)],
  ["user-agent", "\xf0\x9f\x98\x80".repeat(900)],
] as const;
const named = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom("cookie", "Cookie", "COOKIE"), hostileCookies) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom("x-queueittoken", "X-QUEUEITTOKEN", "x_queueittoken"), hostileToken),
  },
  fc.tuple(
    fc.constant("x-queueit-ajaxpageurl"),
    fc.constantFrom("https%3A%2F%2Fevil.example", "%zz", "javascript:1", "", "\xff", "x".repeat(9000)),
  ),
  fc.tuple(fc.constant("x-queueit-status"), fc.constant(`${NOW * 1000}.${"0".repeat(64)}`)),
  fc.constantFrom(...OTHER_HEADERS),
);
/** Ways to write a line; several of them are refused by the runtime. */
const line = fc
  .tuple(
    named,
    fc.constantFrom(": ", ": ", ": ", ": ", ":", " : ", ":\t", ":\r\n "),
    fc.constantFrom("", "", "", "", " ", " \t", "\r\n ", ";"),
  )
  .map(([[name, value], between, end]) => `${name}${between}${value.replace(/[^\x20-\xff\t]/g, "")}${end}`);
/** A line may come twice, and be empty one of the times. */
const lines = fc
  .array(fc.tuple(line, fc.constantFrom("", "", "", "", "twice", "empty before", "empty behind")), {
    maxLength: 4,
  })
  .map((all) =>
    all.flatMap(([one, how]) => {
      const empty = `${one.split(":", 1)[0] ?? ""}:`;
      if (how === "twice") return [one, one];
      if (how === "empty before") return [empty, one];
      return how === "empty behind" ? [one, empty] : [one];
    }),
  );

/** Lines of a preflight, as a browser writes them or nearly so. */
const preflightLines = fc
  .tuple(
    fc.constantFrom(
      "https://evil.example",
      "https://www.shop.example",
      "null",
      "",
      "x, y",
      "http://shop.example",
    ),
    fc.constantFrom("GET", "POST", "PUT", "get", "", "TRACE", "GET, POST"),
    fc.constantFrom("x-queueit-ajaxpageurl", "content-type,x-queueittoken", "-", "", "A"),
  )
  .map(([origin, asked, names]) => [
    `origin: ${origin}`,
    `access-control-request-method: ${asked}`,
    ...(names === "-" ? [] : [`access-control-request-headers: ${names}`]),
  ]);

/** Nearly every one is missed by the others: a preflight has a method and two headers that fit. */
const hostilePreflight: fc.Arbitrary<HostileRequest> = fc.record({
  requestLine: target.map((one) => `OPTIONS ${one} HTTP/1.1`),
  headers: fc
    .tuple(hosts, preflightLines, fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, lines))
    .map(([ofHost, own, others]) => [...ofHost.map((host) => `host: ${host}`), ...own, ...others]),
  body: fc.constantFrom("", "", "", "seat=4", "GET /tickets HTTP/1.1\r\n\r\n"),
  isChunked: fc.boolean(),
});

const hostileCall: fc.Arbitrary<HostileRequest> = fc.record({
  requestLine,
  headers: fc
    .tuple(hosts, lines)
    .map(([ofHost, others]) => [...ofHost.map((host) => `host: ${host}`), ...others]),
  body: fc.constantFrom("", "", "", "", "seat=4", "queueittoken=x", "\xff\xfes\0e\0a\0t\0", "x".repeat(4000)),
  isChunked: fc.boolean(),
});

/** Requests of people who are paid to get past the queue; some are honest. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 9, arbitrary: hostileCall },
  hostilePreflight,
);

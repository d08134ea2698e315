import fc from "fast-check";
import { QUEUE_ID, sessionPair, sessionValue } from "../../worker/support/session-cookie.ts";
import { hmac, queueToken } from "../../worker/support/tokens.ts";

/** A request as bytes, in latin1, before anybody has parsed it. */
export interface HostileRequest {
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const NOW = Math.floor(Date.now() / 1000);
const OTHER_KEY = "another-fake-secret";
const rooms = fc.constantFrom("event1", "Event1", "event2", "event", "event11");

/** Tokens that are honest, over, of another room, another key or another form. */
const tokens = fc.oneof(
  rooms.map((room) => queueToken({ room })),
  rooms.map((room) => queueToken({ room }, OTHER_KEY)),
  rooms.map((room) => queueToken({ room, expires: NOW - 60 })),
  fc.constantFrom(-1, 0, 1e20, NaN, 2 ** 53).map((expires) => queueToken({ expires }, OTHER_KEY)),
  fc
    .constantFrom("debug", "", "safetynet", "disabled", "__proto__")
    .map((redirectType) => queueToken({ redirectType }, OTHER_KEY)),
  fc.constantFrom("192.0.2.1", "203.0.113.9").map((ip) => queueToken({ ip })),
  rooms.map((room) => `e_${room}~q_${QUEUE_ID}~ts_${NOW + 60}~ce_true~rt_queue~h_${hmac("")}`),
);

/** Sessions that are honest, over, of another room or key, or with characters moved between their fields. */
const sessions = rooms.chain((room) => {
  const over = sessionValue({ room, issued: NOW - 86_400 });
  return fc
    .constantFrom(
      sessionValue({ room }),
      sessionValue({ room }, OTHER_KEY),
      sessionValue({ room, issued: NOW + 3600 }),
      over,
      over.replace(/queue&IssueTime=/, "queu&IssueTime=e"),
      over.replace(/QueueId=/, "FixedValidityMins="),
      over.replace(/IssueTime=\d+/, `IssueTime=${NOW}`),
      over.replace(/&IssueTime=/, `&IssueTime=${NOW}&IssueTime=`),
      `${over}&IssueTime=${NOW}`,
      over.replace(/EventId=[^&]*/, "EventId=event1"),
      sessionValue({ room, queueId: "", redirectType: "safetynet", issued: NOW - 86_400 }),
      sessionValue({ room, ip: "192.0.2.1" }),
    )
    .map((value) => [room, value] as const);
});

/** Letters that look like others, as UTF-8 in percent form, and as what a server may take for them. */
const HOMOGLYPHS: Readonly<Record<string, string>> = {
  e: "%D0%B5",
  t: "%EF%BD%94",
  _: "%EF%BC%BF",
  "~": "%CB%9C",
  h: "%D2%BB",
};

/** One change of a text. The numbers choose the place. */
const mutations: readonly ((text: string, at: number, other: number) => string)[] = [
  (text) => text,
  (text) => text,
  (text, at, other) => text.slice(0, at) + String.fromCharCode(0x21 + (other % 0xde)) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(0, at) + text.slice(at),
  (text) => text.toUpperCase(),
  (text) => text.replace(/[0-9a-f]{64}/, (hash) => hash.toUpperCase()),
  (text) => text + text,
  (text) => `${text}~h_${hmac("")}`,
  (text, at) => text.slice(0, at) + encodeURIComponent(text.slice(at, at + 1)) + text.slice(at + 1),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(""),
  (text, at) => text.slice(0, at) + "%00" + text.slice(at),
  (text, at) => text.slice(0, at) + "%0d%0a" + text.slice(at),
  (text) => text.replace(/[et_~h]/, (one) => HOMOGLYPHS[one] ?? one),
  (text) => text.split("~").reverse().join("~"),
  (text) => text.replace(/ts_\d+/, "ts_9999999999"),
  (text) => text.replace(/IssueTime=\d+/, `IssueTime=${NOW}`),
  (text) => text.replace(/event\d?/gi, "event1"),
  (text) => text.replace(/~h_.*/, ""),
  (text) => `"${text}"`,
  (text) => ` ${text}\t`,
  () => "",
  () => "~".repeat(3000),
  () => "%".repeat(3000),
];
const mutation = fc.tuple(fc.constantFrom(...mutations), fc.nat(400), fc.nat(255));
const mutated = (text: string, [change, at, other]: [(typeof mutations)[number], number, number]): string =>
  change(text, text.length === 0 ? 0 : at % text.length, other);

const hostileTokens = fc.tuple(tokens, mutation).map(([token, change]) => mutated(token, change));
const hostilePairs = fc
  .tuple(sessions, mutation, fc.constantFrom("", "", "", "x", " ", "__Host-", "\u00a0"))
  .map(([[room, value], change, before]) => before + sessionPair(room, mutated(value, change)));
const cookieHeader = fc
  .tuple(fc.array(hostilePairs, { maxLength: 3 }), fc.constantFrom("; ", ";", ", ", ";;", "\t"))
  .map(([pairs, between]) => pairs.join(between));

const parameter = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("queueittoken", "QueueItToken", "queueittoken%00", "%71ueueittoken", "queueittoken[]"),
      hostileTokens,
    )
    .map((pair) => pair.join("=")),
  fc.constantFrom(
    "queueittoken",
    "a=1",
    "__queueit_status",
    "__push_queueit_config=",
    "%",
    "=",
    "t=https://evil.example",
  ),
);
/** All that begins with `/`: anything else is answered by the runtime itself, with a 500 before any Worker is asked. */
const PATHS = [
  "/tickets",
  "/",
  "//",
  "/%2e%2e/",
  "/tickets;x",
  "/%74ickets",
  "/static/../tickets",
  "/a%00",
  "/\\",
  "/@evil.example",
  "/..",
];
const target = fc
  .tuple(
    fc.constantFrom(...PATHS),
    fc.array(parameter, { maxLength: 3 }),
    fc.constantFrom("?", "?", "?x=%3f&", "#?"),
  )
  .map(([path, query, begin]) => path + (query.length === 0 ? "" : begin + query.join("&")))
  .map((text) => text.replace(/[^\x21-\xff]/g, ""));

const HOSTS = [
  "shop.example",
  "SHOP.example.",
  "shop.example:443",
  "shop.example:99999",
  "evil.example",
  "[::1",
  "xn--a",
  "256.1.1.1",
  "shop:x",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "TRACE", "QUERY"];
const header = fc
  .oneof(
    fc.tuple(fc.constant("cookie"), cookieHeader),
    fc.tuple(fc.constantFrom("x-queueittoken", "X-QUEUEITTOKEN"), hostileTokens),
    fc.tuple(
      fc.constant("x-queueit-ajaxpageurl"),
      fc.constantFrom("https%3A%2F%2Fevil.example", "%zz", "javascript:1", "x".repeat(9000)),
    ),
    fc.tuple(fc.constant("x-queueit-status"), fc.constant(`${NOW * 1000}.${"0".repeat(64)}`)),
    fc.constantFrom(
      ["purpose", "prefetch"] as const,
      ["sec-purpose", "prefetch;prerender"] as const,
      ["cf-connecting-ip", "192.0.2.1"] as const,
      ["x-forwarded-host", "evil.example"] as const,
      ["x-original-url", "/static/"] as const,
      ["x-http-method-override", "OPTIONS"] as const,
      ["upgrade", "websocket"] as const,
      ["access-control-request-method", "GET"] as const,
      ["x-queueit-failed", "true"] as const,
      ["x-queueit-connector", "cloudflare"] as const,
      ["range", "bytes=0-"] as const,
      ["user-agent", "\u00ff".repeat(5000)] as const,
    ),
  )
  .map(([name, value]) => [name, value.replace(/[^\x20-\xff\t]/g, "")] as const);

/** Requests of people who are paid to get past the queue; a few are honest. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.record({
  method: fc.constantFrom(...METHODS),
  target,
  host: fc.oneof({ weight: 3, arbitrary: fc.constant("shop.example") }, fc.constantFrom(...HOSTS)),
  headers: fc.array(header, { maxLength: 4 }),
  body: fc.constantFrom("", "", "", "seat=4", "queueittoken=x"),
});

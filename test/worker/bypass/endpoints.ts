import { statusCallText } from "../../../worker/status/status-protocol.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { hmac, publishBody } from "../support/tokens.ts";
import { heldBy, honest, row, SITE, WAITS, type BypassCase } from "./bypass-case.ts";
import { SETUPS } from "./setups.ts";

const PUBLISH = "Publish endpoint, to a stranger";
const CALL = "POST /?__push_queueit_config";
const FAIL = "`400 Fail!`";
const ALIKE = heldBy("Every refusal is the same two words; its reason is in the log, once a minute");
const older = publishBody({ Version: 4, Integrations: [] });
const right = publishBody(SETUPS["as configured"].configuration);

export const PUBLISH_CASES: readonly BypassCase[] = [
  row(PUBLISH, "Queue-it's own call", CALL, "`200 Success!`", honest("it is signed"), { body: right }),
  ...["GET", "HEAD", "OPTIONS", "DELETE"].map((method) =>
    row(
      PUBLISH,
      "a look",
      `${method} /tickets?__push_queueit_config`,
      method === "HEAD" ? "`405 `" : "`405 Fail!`",
      heldBy("It is not a page: the site is not asked"),
    ),
  ),
  row(PUBLISH, "no body", CALL, FAIL, ALIKE, { headers: ["content-length: 0"] }),
  row(PUBLISH, "no JSON", CALL, FAIL, ALIKE, { body: "hello" }),
  row(PUBLISH, "no hash", CALL, FAIL, ALIKE, { body: '{"integrationInfo":"7b7d"}' }),
  row(
    PUBLISH,
    "a hash of another key",
    CALL,
    FAIL,
    heldBy("The runtime's own HMAC compares, in constant time"),
    { body: publishBody({ Version: 9, Integrations: [] }, "another-fake-secret") },
  ),
  row(
    PUBLISH,
    "a hash that is nearly right",
    CALL,
    FAIL,
    heldBy("The runtime's own HMAC compares, in constant time"),
    { body: right.replace(/"hash":"(.)/, (_all, digit) => `"hash":"${digit === "0" ? "1" : "0"}`) },
  ),
  row(PUBLISH, "an empty hash", CALL, FAIL, ALIKE, { body: right.replace(/"hash":"\w+"/, '"hash":""') }),
  row(PUBLISH, "two hashes", CALL, FAIL, ALIKE, {
    body: right
      .replace("{", `{"hash":"${"0".repeat(64)}",`)
      .replace(/("hash":"\w+"),("integrationInfo":"\w+")/, `$2,"hash":"${"0".repeat(64)}"`),
  }),
  row(
    PUBLISH,
    "the hash of a session in place of its own",
    CALL,
    FAIL,
    heldBy("No two kinds of text that are signed can be the same"),
    { body: right.replace(/"hash":"\w+"/, `"hash":"${sessionCookie().slice(-64)}"`) },
  ),
  row(PUBLISH, "a real call of last week", CALL, FAIL, heldBy("No version replaces a newer one"), {
    body: older,
  }),
  row(PUBLISH, "6 MiB", CALL, FAIL, heldBy("Its length is looked at before its body is"), {
    headers: ["content-length: 6291456"],
  }),
  row(
    PUBLISH,
    "a body without length",
    CALL,
    FAIL,
    heldBy(
      "At most 24 MiB of all calls are in memory at once, for 10 s (`test/worker/publishing/body-budget.test.ts`)",
    ),
    { headers: ["transfer-encoding: chunked"], body: "5\r\nhello\r\n0\r\n\r\n" },
  ),
  row(
    PUBLISH,
    "on a protected page",
    "POST /tickets?a=1&__push_queueit_config=x",
    FAIL,
    heldBy("It is not a page: the site is not asked"),
    { body: "{}" },
  ),
  row(PUBLISH, "on another host", CALL, FAIL, ALIKE, { body: "{}", headers: ["host: vip.example"] }),
  row(PUBLISH, "on a host that no URL can have", CALL, FAIL, ALIKE, {
    body: "{}",
    headers: ["host: shop:x"],
  }),
  row(
    PUBLISH,
    "the parameter percent-encoded, to have a page that is not a publish call",
    "GET /tickets?__push_queueit%5fconfig",
    WAITS,
    heldBy("It is a page like any other"),
  ),
  row(
    PUBLISH,
    "Queue-it's own call, where Queue-it does not publish",
    CALL,
    FAIL,
    heldBy("Only `publish` opens the endpoint"),
    { body: right, setup: "pulled" },
  ),
];

const STATUS = "Status endpoint, to a stranger";
const LIKE_ANY = heldBy("A call that is not signed is a request like any other, so that nobody learns more");
const now = Date.now();
const signed = (host: string, at = now, key?: string): { readonly headers: readonly string[] } => ({
  headers: [`x-queueit-status: ${at}.${hmac(statusCallText(host, at), key)}`],
});

export const STATUS_CASES: readonly BypassCase[] = [
  row(STATUS, "a look", "GET /tickets?__queueit_status", WAITS, LIKE_ANY),
  row(STATUS, "a look at an open page", "GET /about?__queueit_status", SITE, honest("no action matches")),
  row(
    STATUS,
    "a hash of another key",
    "GET /tickets?__queueit_status",
    WAITS,
    heldBy(
      "It is compared in constant time (`test/worker/encoding/hmac.test.ts`), and is then a request like any other",
    ),
    signed("shop.example", now, "another-fake-secret"),
  ),
  row(STATUS, "a hash of no kind", "GET /tickets?__queueit_status", WAITS, LIKE_ANY, {
    headers: [`x-queueit-status: ${now}.${"z".repeat(64)}`],
  }),
  row(
    STATUS,
    "60,000 digits",
    "GET /tickets?__queueit_status",
    WAITS,
    heldBy("A call that does not have its form is not signed to compare"),
    { headers: [`x-queueit-status: ${"1".repeat(60_000)}`] },
  ),
  row(
    STATUS,
    "a real call of an hour ago",
    "GET /tickets?__queueit_status",
    WAITS,
    heldBy("A call is good for a minute"),
    signed("shop.example", now - 3_600_000),
  ),
  row(
    STATUS,
    "a real call, at another host",
    "GET /tickets?__queueit_status",
    WAITS,
    heldBy("The host is signed"),
    { headers: [...signed("vip.example").headers] },
  ),
  row(
    STATUS,
    "a real call, by another method",
    "POST /tickets?__queueit_status",
    WAITS,
    heldBy("It is a request like any other"),
    signed("shop.example"),
  ),
  row(
    STATUS,
    "a session's hash",
    "GET /tickets?__queueit_status",
    WAITS,
    heldBy("No two kinds of text that are signed can be the same"),
    { headers: [`x-queueit-status: ${now}.${sessionCookie().slice(-64)}`] },
  ),
  row(STATUS, "on a host that no URL can have", "GET /tickets?__queueit_status", WAITS, LIKE_ANY, {
    headers: ["host: shop:x", `x-queueit-status: ${now}.${"0".repeat(64)}`],
  }),
];

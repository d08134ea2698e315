import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import type { RawAnswer } from "../../worker/support/raw-origin.ts";
import { API_KEY, hmac, publishBody } from "../../worker/support/tokens.ts";
import { outcome, SITE, WAITS, type FaultCase, type Given, type PublishCall } from "./fault-case.ts";

const version = (Version: number): string => JSON.stringify({ Version, Integrations: [queueAction()] });
const OPENING = JSON.stringify({ Version: 6, Integrations: [] });
const body = publishBody(version(6));
const signed = (text: string): PublishCall => ({ body: publishBody(text) });
const inHex = (hex: string): PublishCall => ({
  body: JSON.stringify({ hash: hmac(hex), integrationInfo: hex }),
});
const { hash } = JSON.parse(body) as { hash: string };

const REFUSED: readonly [string, PublishCall, string][] = [
  ["an empty body", { body: "" }, "body-invalid"],
  ["a body that is not JSON", { body: "hash=1" }, "body-invalid"],
  ["`null`", { body: "null" }, "body-invalid"],
  ["a list", { body: `[${body}]` }, "body-invalid"],
  ["half of its body", { body: body.slice(0, body.length / 2) }, "body-invalid"],
  ["no hash", { body: body.replace("hash", "hush") }, "body-invalid"],
  ["no configuration", { body: body.replace("integrationInfo", "info") }, "body-invalid"],
  ["a number as hash", { body: body.replace(`"${hash}"`, "7") }, "body-invalid"],
  ["an empty hash", { body: body.replace(hash, "") }, "hash-invalid"],
  ["a hash of another key", { body: publishBody(OPENING, "another-fake-secret") }, "hash-invalid"],
  [
    "the hash of another configuration",
    { body: publishBody(OPENING).replace(/"hash":"[^"]*"/, `"hash":"${hash}"`) },
    "hash-invalid",
  ],
  ["half of its hash", { body: body.replace(hash, hash.slice(0, 32)) }, "hash-invalid"],
  ["a megabyte of hash", { body: body.replace(hash, "0".repeat(1_000_000)) }, "hash-invalid"],
  ["an announced length of 1 GB", { body, headers: ["content-length: 1000000000"] }, "body-invalid"],
  ["less than it announced", { body, headers: ["content-length: 99999"] }, "body-invalid"],
  [
    "a chunk that breaks off",
    { body: "999999\r\nabc", headers: ["transfer-encoding: chunked"] },
    "body-invalid",
  ],
  ["an odd number of hex digits", inHex("abc"), "body-invalid"],
  ["what is not hex", inHex("zz"), "body-invalid"],
  ["what is not UTF-8", inHex("ff"), "body-invalid"],
  ["a configuration that is not JSON", signed("{"), "configuration-invalid"],
  [
    "a configuration with one broken action",
    signed(version(6).replace('"Queue"', "7")),
    "configuration-invalid",
  ],
  ["a configuration without version", signed('{"Integrations":[]}'), "configuration-invalid"],
  ["a list in a list, 100,000 deep", signed("[".repeat(100_000)), "configuration-invalid"],
  ["an older version", signed(version(4)), "older-version"],
  ["version 0 without actions", signed('{"Version":0}'), "older-version"],
  [
    "an action whose uses nobody can count",
    signed(
      JSON.stringify({
        ...configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 1 })),
        Version: 6,
      }),
    ),
    "verify-action-unavailable",
  ],
  [
    "a queue domain with a path",
    signed(version(6).replace("testcustomer.queue-it.net", "evil.example/x")),
    "configuration-invalid",
  ],
];

const FAIL = "`400 Fail!`";
const SUCCESS = "`200 Success!`";

function publishing(fault: string, given: Given, expected: FaultCase["expected"]): FaultCase {
  return { edge: "A publish call", fault, visitor: "new", mode: "closed", given, expected };
}

const says = (text: string, status = "200 OK"): RawAnswer => ({
  bytes: `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
});

const PULLED: readonly [string, RawAnswer, string][] = [
  ["closes without an answer", {}, "queue-it-unreachable"],
  ["resets the connection", { then: "reset" }, "queue-it-unreachable"],
  [
    "stops in its body",
    { bytes: "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", then: "left-open" },
    "queue-it-unreachable",
  ],
  [
    "breaks off in its body",
    { bytes: "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{" },
    "queue-it-unreachable",
  ],
  ["never answers", { then: "left-open" }, "queue-it-unreachable"],
  ["speaks another protocol", { bytes: "SSH-2.0-OpenSSH_9.7\r\n\r\n" }, "queue-it-unreachable"],
  ["gives gzip of what is none", says("{}", "200 OK\r\ncontent-encoding: gzip"), "queue-it-unreachable"],
  ["answers 401", says("", "401 Unauthorized"), "queue-it-refused"],
  ["answers 403", says("", "403 Forbidden"), "queue-it-refused"],
  ["answers 404", says("", "404 Not Found"), "queue-it-refused"],
  ["answers 503", says("", "503 Service Unavailable"), "queue-it-refused"],
  ["answers 999", says("", "999 Odd"), "queue-it-refused"],
  ["answers 100", says("", "100 Continue"), "queue-it-refused"],
  ["answers 206", says(version(6), "206 Partial Content"), "queue-it-refused"],
  ["answers 304", { bytes: "HTTP/1.1 304 Not Modified\r\n\r\n" }, "queue-it-refused"],
  ["answers 429", says("", "429 Too Many Requests"), "queue-it-refused"],
  ["answers 500", says("", "500 Internal Server Error"), "queue-it-refused"],
  ["answers 302", says("", "302 Found\r\nlocation: https://evil.example/"), "queue-it-refused"],
  ["answers 204", { bytes: "HTTP/1.1 204 No Content\r\n\r\n" }, "queue-it-refused"],
  ["answers nothing", says(""), "configuration-invalid"],
  ["answers a page", says("<html>"), "configuration-invalid"],
  ["answers half of it", says(version(6).slice(0, 50)), "configuration-invalid"],
  [
    "answers what is not UTF-8",
    { bytes: "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n\xff" },
    "body-invalid",
  ],
  ["answers 6 MB", says("x".repeat(6_000_000)), "body-invalid"],
  ["answers an older version", says(version(4)), "older-version"],
];

export const PUBLISH_CASES: readonly FaultCase[] = [
  ...REFUSED.map(([fault, call, reason]) =>
    publishing(
      `brings ${fault}`,
      { publish: [call] },
      outcome(`${FAIL}; ${WAITS}`, 0, `publish-refused: ${reason}`),
    ),
  ),
  ...["GET", "HEAD", "DELETE", "PATCH"].map((method) =>
    publishing(
      `comes by ${method}`,
      { publish: [{ body: "", method, headers: [] }] },
      outcome(`\`405 ${method === "HEAD" ? "" : "Fail!"}\`; ${WAITS}`, 0),
    ),
  ),
  publishing(
    "comes twice",
    { publish: [signed(version(6)), signed(version(6))] },
    outcome(`${SUCCESS}; ${SUCCESS}; ${WAITS}`, 0, "configuration-taken: configuration-doubtful"),
  ),
  publishing("opens the page", { publish: [signed(OPENING)] }, outcome(`${SUCCESS}; ${SITE}`, 1)),
  publishing(
    "is replayed after a newer one",
    { publish: [signed(OPENING), signed(version(7)), signed(OPENING)] },
    outcome(
      `${SUCCESS}; ${SUCCESS}; ${FAIL}; ${WAITS}`,
      0,
      "configuration-taken: configuration-doubtful",
      "publish-refused: older-version",
    ),
  ),
  publishing(
    "comes five times at once",
    { atOnce: true, publish: Array.from({ length: 5 }, () => signed(OPENING)) },
    outcome(`${Array.from({ length: 5 }, () => SUCCESS).join("; ")}; ${SITE}`, 1),
  ),
  publishing(
    "with a refused hash comes fifty times at once",
    { atOnce: true, publish: Array.from({ length: 50 }, () => ({ body: publishBody(OPENING, "x") })) },
    outcome(
      `${Array.from({ length: 50 }, () => FAIL).join("; ")}; ${WAITS}`,
      0,
      "publish-refused: hash-invalid",
    ),
  ),
  publishing(
    "finds KV that throws when written",
    { kvWrite: "throws", publish: [signed(OPENING)] },
    outcome(`${FAIL}; ${WAITS}`, 0, "publish-refused: configuration-unwritable"),
  ),
  publishing(
    "finds that a file owns the configuration",
    { variables: { QUEUEIT_CONFIG_OWNER: "file" }, publish: [signed(OPENING)] },
    outcome(`${FAIL}; ${WAITS}`, 0, "publish-refused: not-the-owner"),
  ),
  publishing(
    "finds that the pull owns the configuration",
    { variables: { QUEUEIT_CONFIG_OWNER: "pull" }, publish: [signed(OPENING)] },
    outcome(`${FAIL}; ${WAITS}`, 0, "publish-refused: not-the-owner"),
  ),
  publishing(
    "finds KV that never answers when written",
    { kvWrite: "hangs", publish: [signed(OPENING)] },
    outcome(`${FAIL}; ${WAITS}`, 0, "publish-refused: configuration-unwritable"),
  ),
  ...(
    [
      ["is taken by another isolate", [signed(OPENING)], SUCCESS, WAITS, SITE, 1, []],
      [
        "is refused by another isolate",
        [signed(version(4))],
        FAIL,
        WAITS,
        WAITS,
        0,
        ["publish-refused: older-version"],
      ],
      [
        "comes to another isolate twice, the older one last",
        [signed(JSON.stringify({ Version: 8, Integrations: [] })), signed(version(7))],
        `${SUCCESS}; ${FAIL}`,
        WAITS,
        SITE,
        1,
        ["publish-refused: older-version"],
      ],
      [
        "comes to another isolate five times at once",
        Array.from({ length: 5 }, () => signed(OPENING)),
        Array.from({ length: 5 }, () => SUCCESS).join("; "),
        WAITS,
        SITE,
        1,
        [],
      ],
    ] as const
  ).map(([fault, publish, answers, meanwhile, later, siteAsked, log]) =>
    publishing(
      fault,
      { publish, elsewhere: true, atOnce: fault.includes("at once") },
      outcome(`${answers}; ${meanwhile}, a minute later; ${later}`, siteAsked, ...log),
    ),
  ),
  publishing(
    "comes twenty times at once, in no order",
    {
      atOnce: true,
      publish: Array.from({ length: 20 }, (_, index) =>
        signed(JSON.stringify({ Version: 26 - index, Integrations: [] })),
      ),
    },
    // The newest is first in line; each that is older is refused, and one line stands for all of them.
    outcome(
      `${[SUCCESS, ...Array.from({ length: 19 }, () => FAIL)].join("; ")}; ${SITE}`,
      1,
      "publish-refused: older-version",
    ),
  ),
  publishing(
    "comes as the same version with other actions",
    { publish: [signed(JSON.stringify({ Version: 5, Integrations: [] }))] },
    outcome(`${SUCCESS}; ${SITE}`, 1),
  ),
  publishing(
    "brings 2 MB",
    { publish: [signed(JSON.stringify({ Version: 6, Integrations: [], Filler: "x".repeat(2_000_000) }))] },
    outcome(`${SUCCESS}; ${SITE}`, 1),
  ),
  publishing(
    "brings 6 MB in chunks, which announce no length",
    {
      publish: [
        { body: `5B8D80\r\n${"x".repeat(6_000_000)}\r\n0\r\n\r\n`, headers: ["transfer-encoding: chunked"] },
      ],
    },
    outcome(`${FAIL}; ${WAITS}`, 0, "publish-refused: body-invalid"),
  ),
  ...(["throws", "hangs"] as const).map((kvWrite): FaultCase => ({
    edge: "Queue-it, asked for the configuration on schedule",
    fault: `answers, and KV ${kvWrite === "throws" ? "throws" : "never answers"} when written`,
    visitor: "new",
    mode: "closed",
    given: {
      pull: true,
      kvWrite,
      endpoint: says(version(6)),
      variables: { QUEUEIT_CONFIG_OWNER: "pull", QUEUEIT_API_KEY: API_KEY },
    },
    expected: outcome(WAITS, 0, "pull-failed: configuration-unwritable"),
  })),
  ...(
    [
      ["throws", { fault: "throws" }],
      ["never answers", { fault: "hangs" }],
      ["gives nothing", { says: null }],
      ["gives an empty text", { says: "" }],
    ] as const
  ).map(([fault, store]): FaultCase => ({
    edge: "Queue-it, asked for the configuration on schedule",
    fault: `cannot be asked: the Secrets Store ${fault}`,
    visitor: "new",
    mode: "closed",
    given: {
      pull: true,
      endpoint: says(version(6)),
      secretsStore: { QUEUEIT_API_KEY: store },
      variables: { QUEUEIT_CONFIG_OWNER: "pull" },
    },
    expected: outcome(WAITS, 0, "pull-failed: secret-unreadable"),
  })),
  {
    edge: "Queue-it, asked for the configuration on schedule",
    fault: "answers, and the page opens",
    visitor: "new",
    mode: "closed",
    given: {
      pull: true,
      endpoint: says(OPENING),
      variables: { QUEUEIT_CONFIG_OWNER: "pull", QUEUEIT_API_KEY: API_KEY },
    },
    expected: outcome(SITE, 1),
  },
  ...PULLED.map(([fault, endpoint, reason]): FaultCase => ({
    edge: "Queue-it, asked for the configuration on schedule",
    fault,
    visitor: "new",
    mode: "closed",
    given: {
      pull: true,
      endpoint,
      variables: { QUEUEIT_CONFIG_OWNER: "pull", QUEUEIT_API_KEY: API_KEY },
    },
    expected: outcome(WAITS, 0, `pull-failed: ${reason}`),
  })),
  {
    edge: "Queue-it, asked for the configuration on schedule",
    fault: "cannot be asked without an API key",
    visitor: "new",
    mode: "closed",
    given: { pull: true, variables: { QUEUEIT_CONFIG_OWNER: "pull" } },
    expected: outcome(WAITS, 0, "pull-failed: api-key-missing"),
  },
];

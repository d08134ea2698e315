import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import type { RawAnswer } from "../../worker/support/raw-origin.ts";
import { API_KEY, queueToken } from "../../worker/support/tokens.ts";
import {
  cannotWork,
  MODES,
  outcome,
  SITE_WITH_SESSION,
  WAITS,
  type FaultCase,
  type Given,
} from "./fault-case.ts";

const COUNTED = JSON.stringify(
  configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 2 })),
);

const says = (body: string, status = "200 OK"): RawAnswer => ({
  bytes: `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
});

/** Nobody can say: the same for each endpoint. */
const BROKEN: readonly [string, RawAnswer][] = [
  ["closes without an answer", {}],
  ["resets the connection", { then: "reset" }],
  ["never answers", { then: "left-open" }],
  ["answers after 6 s", { ...says("{}"), afterMs: 6000 }],
  ["stops in its headers", { bytes: "HTTP/1.1 200 OK\r\ncontent-", then: "left-open" }],
  ["stops in its body", { bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"a"', then: "left-open" }],
  ["breaks off in its body", { bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"a"' }],
  ["resets in its body", { bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"a"', then: "reset" }],
  ["speaks another protocol", { bytes: "SSH-2.0-OpenSSH_9.7\r\n" }],
  ["answers 500", says("{}", "500 Internal Server Error")],
  ["answers 502 with a page", says("<html>", "502 Bad Gateway")],
  ["answers 503", says("", "503 Service Unavailable")],
  ["answers 999", says("{}", "999 Odd")],
  ["answers 301", says("", "301 Moved Permanently\r\nlocation: https://evil.example/")],
  ["answers 204", { bytes: "HTTP/1.1 204 No Content\r\n\r\n" }],
  ["answers an empty body", says("")],
  ["answers a page", says("<html>")],
  ["answers half of its JSON", says('{"QIdUsageCount":')],
  ["answers 5 MB of JSON", says(`{"QIdUsageCount":1,"x":"${"x".repeat(5_000_000)}"}`)],
  ["answers what is not UTF-8", says('{"QIdUsageCount":1,"x":"\xff"}')],
  ["answers 100", says("{}", "100 Continue")],
  ["answers 304", { bytes: "HTTP/1.1 304 Not Modified\r\n\r\n" }],
  ["answers gzip of what is none", says("{}", "200 OK\r\ncontent-encoding: gzip")],
];

/** The visitor may have caused it, so nobody gains by it. */
const REFUSING: readonly [string, RawAnswer][] = [
  ...["400 Bad Request", "403 Forbidden", "404 Not Found", "413 Too Large", "414 Too Long"].map(
    (status): [string, RawAnswer] => [`answers ${status}`, says("{}", status)],
  ),
  ["answers 429 Too Many Requests", says("{}", "429 Too Many Requests")],
  ["answers 431 Headers Too Large", says("{}", "431 Headers Too Large")],
];

const KEY_REFUSED: [string, RawAnswer] = ["answers 401 Unauthorized", says("{}", "401 Unauthorized")];

const WITHOUT_COUNT: readonly [string, RawAnswer][] = [
  ...['"3"', "null", "true", "[]", "{}"].map((value): [string, RawAnswer] => [
    `says that the count is \`${value}\``,
    says(`{"QIdUsageCount":${value}}`),
  ]),
  ["answers `null`", says("null")],
  ["answers a list", says("[1]")],
];

const NO_PASS: readonly [string, RawAnswer][] = [
  ["answers `null`", says("null")],
  ["answers a text", says('"yes"')],
  ['answers that `HasPassed` is "true"', says('{"HasPassed":"true"}')],
  ["lets pass without a token", says('{"HasPassed":true}')],
  ["lets pass with a number as token", says('{"HasPassed":true,"QueueItToken":7}')],
  ["lets pass with nonsense as token", says('{"HasPassed":true,"QueueItToken":"~~h_"}')],
  ["lets pass with a token of another key", passWith(queueToken({}, "another-fake-secret"))],
  ["lets pass with a token of another room", passWith(queueToken({ room: "event2" }))],
  ["lets pass with a token that is over", passWith(queueToken({ expires: 1_000_000_000 }))],
  ["lets pass with a token without redirect type", passWith(queueToken({ redirectType: "" }))],
];

function passWith(token: string): RawAnswer {
  return says(JSON.stringify({ HasPassed: true, QueueItToken: token }));
}

const verifying = (endpoint: RawAnswer): Given => ({
  kv: { says: COUNTED },
  endpoint,
  variables: {
    QUEUEIT_VERIFY_ACTION_URL: "https://endpoint.example/{queueId}",
    QUEUEIT_API_KEY: API_KEY,
  },
});
const passing = (endpoint: RawAnswer): Given => ({
  endpoint,
  variables: { QUEUEIT_DIRECT_PASS_URL: "https://endpoint.example/{waitingRoomId}" },
});

export const ENDPOINT_CASES: readonly FaultCase[] = MODES.flatMap((mode) => [
  ...[...BROKEN, ...WITHOUT_COUNT, KEY_REFUSED].map(([fault, endpoint]): FaultCase => ({
    edge: "The verify-action endpoint",
    fault,
    visitor: "with a session",
    mode,
    given: verifying(endpoint),
    expected:
      mode === "open"
        ? outcome(
            "the site's answer, unqueued (`x-queueit-failed`), and a session",
            1,
            "failed-open: verify-action-unavailable",
          )
        : cannotWork(mode, "verify-action-unavailable"),
  })),
  ...[
    ...REFUSING.map(([fault, endpoint]) => [fault, endpoint, ["endpoint-refused: verify-action"]] as const),
    ["says that the count is `1e999`", says('{"QIdUsageCount":1e999}'), []] as const,
  ].map(([fault, endpoint, log]): FaultCase => ({
    edge: "The verify-action endpoint",
    fault,
    visitor: "with a session",
    mode,
    given: verifying(endpoint),
    expected: outcome("Queue-it's error page", 0, ...log),
  })),
  ...BROKEN.slice(0, 3).map(([fault, endpoint]): FaultCase => ({
    edge: "The verify-action endpoint",
    fault,
    visitor: "with a forged token",
    mode,
    given: verifying(endpoint),
    expected: outcome("Queue-it's error page", 0),
  })),
  ...BROKEN.map(([fault, endpoint]): FaultCase => ({
    edge: "The direct-pass endpoint",
    fault,
    visitor: "new",
    mode,
    given: passing(endpoint),
    expected:
      mode === "open"
        ? outcome(SITE_WITH_SESSION, 1, "direct-pass-failed-open: direct-pass-unavailable")
        : outcome(WAITS, 0, "direct-pass-failed-closed: direct-pass-unavailable"),
  })),
  ...[...REFUSING, KEY_REFUSED].map(([fault, endpoint]): FaultCase => ({
    edge: "The direct-pass endpoint",
    fault,
    visitor: "new",
    mode,
    given: passing(endpoint),
    expected: outcome(WAITS, 0, "endpoint-refused: direct-pass"),
  })),
  ...NO_PASS.map(([fault, endpoint]): FaultCase => ({
    edge: "The direct-pass endpoint",
    fault,
    visitor: "new",
    mode,
    given: passing(endpoint),
    expected: outcome(WAITS, 0),
  })),
]);

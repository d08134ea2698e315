import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { cannotWork, MODES, outcome, WAITS, type Behaviour, type FaultCase } from "./fault-case.ts";

const CONFIGURATION = JSON.stringify(configurationOf(queueAction()));
const withVersion = (Version: number): string => JSON.stringify({ Version, Integrations: [queueAction()] });
const UNREADABLE = "configuration-unreadable";
const INVALID = "configuration-invalid";
const MISSING = "configuration-missing";

/** KV gives nothing that an isolate can work with. */
const USELESS: readonly [string, Behaviour, string][] = [
  ["throws", { fault: "throws" }, UNREADABLE],
  ["never answers", { fault: "hangs" }, UNREADABLE],
  ["answers after 3 s", { says: CONFIGURATION, afterMs: 3000 }, UNREADABLE],
  ["holds nothing", { says: null }, MISSING],
  ["holds an empty text", { says: "" }, INVALID],
  ["holds white space", { says: " \n" }, INVALID],
  ["holds an HTML page", { says: "<html>Error 1101</html>" }, INVALID],
  ["holds half of the configuration", { says: CONFIGURATION.slice(0, CONFIGURATION.length / 2) }, INVALID],
  ["holds the configuration twice", { says: CONFIGURATION + CONFIGURATION }, INVALID],
  ["holds zero bytes", { says: "\0".repeat(100) }, INVALID],
  ["holds 25 MB of nonsense", { says: "x".repeat(25_000_000) }, INVALID],
  ["holds a list in a list, 1,000,000 deep", { says: "[".repeat(1_000_000) }, INVALID],
  ["holds `null`", { says: "null" }, INVALID],
  ["holds a list", { says: `[${CONFIGURATION}]` }, INVALID],
  ["holds a text of JSON", { says: JSON.stringify(CONFIGURATION) }, INVALID],
  ["holds a number", { says: "1e999" }, INVALID],
];

/** KV is odd, and an isolate can work with it. */
const USABLE: readonly [string, Behaviour][] = [
  ["answers after 700 ms", { says: CONFIGURATION, afterMs: 700 }],
  ["holds the configuration after a byte order mark", { says: `\uFEFF${CONFIGURATION}` }],
  ["holds the configuration in 25 MB of white space", { says: CONFIGURATION + " ".repeat(25_000_000) }],
  ["holds the configuration with a property twice", { says: CONFIGURATION.replace("{", '{"Version":1,') }],
];

/** What KV says at a refresh, and the one line about it. */
const AT_REFRESH: readonly [string, Behaviour, string | undefined][] = [
  ...USELESS.filter(([fault]) => !fault.includes("answer")).map(
    ([fault, behaviour, reason]) => [fault, behaviour, reason] as [string, Behaviour, string],
  ),
  ["never answers", { fault: "hangs" }, undefined],
  ["answers after 3 s", { says: CONFIGURATION, afterMs: 3000 }, undefined],
  ["holds an older version", { says: withVersion(4) }, "older-version"],
  ["holds a newer version", { says: withVersion(6) }, undefined],
  [
    "holds the same version with other actions",
    { says: withVersion(5).replace("event1", "event2") },
    undefined,
  ],
  ["holds a newer version with one broken action", { says: withVersion(6).replace('"Queue"', "7") }, INVALID],
  ["holds version 0 without actions", { says: '{"Version":0}' }, "older-version"],
];

export const KV_CASES: readonly FaultCase[] = MODES.flatMap((mode) => [
  ...USELESS.map(([fault, kv, reason]): FaultCase => ({
    edge: "KV, at the first look",
    fault,
    visitor: "new",
    mode,
    given: { kv },
    expected: cannotWork(mode, reason),
  })),
  ...USELESS.map(([fault, kv, reason]): FaultCase => ({
    edge: "KV, at the first look, with a copy in the data center",
    fault,
    visitor: "new",
    mode,
    given: { kv, keptCopy: true },
    expected: outcome(WAITS, 0, `kept-copy-used: ${reason}`),
  })),
  ...USABLE.map(([fault, kv]): FaultCase => ({
    edge: "KV, at the first look",
    fault,
    visitor: "new",
    mode,
    given: { kv },
    expected: outcome(WAITS, 0),
  })),
  ...AT_REFRESH.map(([fault, kvLater, reason]): FaultCase => ({
    edge: "KV, at a refresh",
    fault,
    visitor: "new",
    mode,
    given: { kvLater },
    expected: outcome(WAITS, 0, ...(reason === undefined ? [] : [`last-known-good-kept: ${reason}`])),
  })),
]);

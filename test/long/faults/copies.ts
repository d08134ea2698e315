import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { cannotWork, MODES, outcome, WAITS, type FaultCase, type Given } from "./fault-case.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What lies where a copy belongs and is none: the isolate is then what it is without one. */
const USELESS: readonly [string, Given["keptCopy"]][] = [
  ["is signed with another secret key", { secret: "another-fake-secret" }],
  ["is of another customer, another environment on the same host", { customer: "anothercustomer" }],
  ["is of another host", { host: "staging.shop.example" }],
  ["is of another port of the host", { host: "shop.example:8443" }],
  ["is a day old", { at: Date.now() - DAY_MS - MINUTE_MS }],
  ["is of tomorrow", { at: Date.now() + DAY_MS }],
  [
    "says that it is younger than it is",
    { at: 1_800_000_000_000, changed: (copy) => copy.replace("18", "17") },
  ],
  ["is empty", { changed: () => "" }],
  ["is nothing but its seal", { changed: (copy) => copy.slice(0, 64) }],
  ["is nothing but its first line", { changed: (copy) => `${copy.split("\n", 1)[0]}\n` }],
  ["lacks its last character", { changed: (copy) => copy.slice(0, -1) }],
  ["has a character more", { changed: (copy) => `${copy} ` }],
  ["has another character", { changed: (copy) => copy.replace('"Queue"', '"Quaue"') }],
  ["is the configuration without a seal", { changed: (copy) => copy.slice(copy.indexOf("\n") + 1) }],
  [
    "has its seal in capital letters",
    { changed: (copy) => copy.slice(0, 64).toUpperCase() + copy.slice(64) },
  ],
  ["has the form of another version of the Worker", { changed: (copy) => `2 ${copy}` }],
  ["has the parts of another version of the Worker", { changed: (copy) => copy.replace("\n", " gzip\n") }],
  ["is a page", { changed: () => "<html>Error 1101</html>" }],
  ["is zero bytes", { changed: () => "\0".repeat(1000) }],
  ["is 25 MB of nonsense", { changed: () => "x".repeat(25_000_000) }],
  ["is 25 MB behind a right first line", { changed: (copy) => copy + "x".repeat(25_000_000) }],
  ["holds what is not JSON", { text: "{" }],
  ["holds nothing but a broken action", { text: '{"Version":5,"Integrations":[{}]}' }],
];

const withBroken = JSON.stringify({ Version: 5, Integrations: [{}, queueAction()] });

/** Another isolate left it, and it is odd; whoever it belongs to gets it. */
const USABLE: readonly [string, Given, string[]][] = [
  ["is 23 hours old", { keptCopy: { at: Date.now() - DAY_MS + 60 * MINUTE_MS } }, []],
  ["has one broken action", { keptCopy: { text: withBroken } }, ["action-broken: configuration-invalid"]],
  [
    "has a property that only a newer version of the Worker knows",
    { keptCopy: { text: JSON.stringify({ ...configurationOf(queueAction()), Future: {} }) } },
    [],
  ],
  ["is looked for in capital letters", { keptCopy: true, host: "SHOP.Example" }, []],
  ["is looked for at another port", { keptCopy: true, host: "shop.example:8443" }, []],
  ["is looked for with a dot behind the host", { keptCopy: true, host: "shop.example." }, []],
  ["is looked for by 30 visitors at once", { keptCopy: true, crowd: 30 }, []],
];

const EDGE = "A copy in the data center, while KV throws";

export const COPY_CASES: readonly FaultCase[] = MODES.flatMap((mode) => [
  ...USELESS.map(([fault, keptCopy]): FaultCase => ({
    edge: EDGE,
    fault,
    visitor: "new",
    mode,
    given: { kv: { fault: "throws" }, ...(keptCopy !== undefined && { keptCopy }) },
    expected: cannotWork(mode, "configuration-unreadable"),
  })),
  ...USABLE.map(([fault, given, log]): FaultCase => ({
    edge: EDGE,
    fault,
    visitor: "new",
    mode,
    given: { kv: { fault: "throws" }, ...given },
    expected: outcome(WAITS, 0, ...log, "kept-copy-used: configuration-unreadable"),
  })),
]);

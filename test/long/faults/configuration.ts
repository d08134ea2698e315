import {
  actionOn,
  configurationOf,
  pathContains,
  queueAction,
  type TestAction,
} from "../../worker/support/configurations.ts";
import { cannotWork, MODES, outcome, SITE, WAITS, type FaultCase } from "./fault-case.ts";

const GOOD = actionOn("/tickets", {});
const BROKEN = "action-broken: configuration-invalid";

/** One action cannot be worked with, in one way; the page of the other stays protected. */
const BROKEN_ACTIONS: readonly [string, unknown][] = [
  ["is `null`", null],
  ["is a text", "Queue"],
  ["is a list", []],
  ["is empty", {}],
  ...changed("has no type", { ActionType: undefined }),
  ...changed("has a number as type", { ActionType: 7 }),
  ...changed("has no waiting room", { EventId: "" }),
  ...changed("has a waiting room with `;`", { EventId: "a;b" }),
  ...changed("has a number as waiting room", { EventId: 7 }),
  ...changed("has no queue domain", { QueueDomain: undefined }),
  ...changed("has a path in its queue domain", { QueueDomain: "evil.example/x" }),
  ...changed("has a user in its queue domain", { QueueDomain: "a@evil.example" }),
  ...changed("has a line break in its queue domain", { QueueDomain: "a.example\r\nx: 1" }),
  ...changed("has no validity", { CookieValidityMinute: undefined }),
  ...changed("has a validity of 0", { CookieValidityMinute: 0 }),
  ...changed("has a validity below 0", { CookieValidityMinute: -1 }),
  ...changed("has a text as validity", { CookieValidityMinute: "20" }),
  ...changed("has a line break in its cookie domain", { CookieDomain: "a\r\nset-cookie: x=1" }),
  ...changed("has `;` in its cookie domain", { CookieDomain: "a; path=/x" }),
  ...changed("has a number as name", { Name: 7 }),
  ...changed("has a list as layout", { LayoutName: [] }),
  ...changed("has an object as culture", { Culture: {} }),
  ...changed("has a text as flag", { ExtendCookieValidity: "false" }),
  ...changed("has a number as flag", { IsCookieSecure: 1 }),
  ...changed("has involved rooms that are a text", { InvolvedWaitingRoomIds: "event2" }),
  ...changed("has no triggers", { Triggers: undefined }),
  ...changed("has a text as triggers", { Triggers: "all" }),
  ...changed("has a trigger that is `null`", { Triggers: [null] }),
  ...changed("has a trigger without parts", { Triggers: [{ LogicalOperator: "And" }] }),
  ...changed("has a number as logical operator", { Triggers: [{ LogicalOperator: 1, TriggerParts: [] }] }),
  ...changed("has a trigger part that is a text", { Triggers: [{ TriggerParts: ["x"] }] }),
  ...part("has a number as operator", { Operator: 1 }),
  ...part("has a number to compare", { ValueToCompare: 1 }),
  ...part("has values that are a text", { ValuesToCompare: "a" }),
  ...part("has values that are numbers", { ValuesToCompare: [1] }),
  ...part("has a text as negation", { IsNegative: "true" }),
  ...part("compares a cookie without name", { ValidatorType: "CookieValidator" }),
  ...part("compares a header without name", { ValidatorType: "HttpHeaderValidator" }),
];

function changed(fault: string, changes: Readonly<Record<string, unknown>>): [string, unknown][] {
  return [[fault, { ...queueAction(), ...changes }]];
}

function part(fault: string, changes: Readonly<Record<string, unknown>>): [string, unknown][] {
  return changed(fault, { Triggers: [{ TriggerParts: [{ ...pathContains("/tickets"), ...changes }] }] });
}

/** Odd, and yet the SDK works with it. */
const HELD: readonly [string, unknown][] = [
  ["has a property nobody knows", { ...configurationOf(GOOD), Future: { a: [1] } }],
  ["has an action with a property nobody knows", configurationOf(queueAction({ Future: [{}] }))],
  ["has an action with a property 2,000 deep", configurationOf(queueAction({ Future: deep(2000) }))],
  ["has a property called `__proto__`", JSON.parse(`{"__proto__":{"Version":0},${text(GOOD).slice(1)}`)],
  [
    "has an action with a validator nobody knows before",
    configurationOf(withPart({ ValidatorType: "Moon" }), GOOD),
  ],
  [
    "has an action with an operator nobody knows before",
    configurationOf(withPart({ Operator: "Like" }), GOOD),
  ],
  [
    "has an action with a part of the URL nobody knows before",
    configurationOf(withPart({ UrlPart: "Fragment" }), GOOD),
  ],
  [
    "has a trigger without parts before",
    configurationOf(queueAction({ Triggers: [{ TriggerParts: [] }] }), GOOD),
  ],
  ["has 10,000 actions before", configurationOf(...many(10_000), GOOD)],
  ["has 10,000 actions with the same condition", configurationOf(...many(10_000).map(() => GOOD))],
  [
    "compares with 100,000 characters",
    configurationOf(withPart({ ValueToCompare: "a".repeat(100_000) }), GOOD),
  ],
  [
    "compares with 10,000 values",
    configurationOf(withPart({ Operator: "ContainsAny", ValuesToCompare: values() }), GOOD),
  ],
  [
    "compares with what a regular expression would choke on",
    configurationOf(withPart({ ValueToCompare: "(a+)+$" }), GOOD),
  ],
  ["compares with `null`", configurationOf(withPart({ ValueToCompare: null }), GOOD)],
  ["compares with half a character", configurationOf(withPart({ ValueToCompare: "\ud800" }), GOOD)],
  ["has the version 9007199254740991", { ...configurationOf(GOOD), Version: Number.MAX_SAFE_INTEGER }],
  ["has a layout in Chinese", configurationOf(queueAction({ LayoutName: "特価" }))],
  ["has a culture with a line break", configurationOf(queueAction({ Culture: "da\r\nx-own: 1" }))],
  ["has a name with a line break", configurationOf(queueAction({ Name: "a\r\nx-own: 1" }))],
  [
    "forces a target with a line break",
    configurationOf(
      queueAction({ RedirectLogic: "ForcedTargetUrl", ForcedTargetUrl: "https://a/\r\nx-own: 1" }),
    ),
  ],
  ["has a redirect logic nobody knows", configurationOf(queueAction({ RedirectLogic: "Elsewhere" }))],
];

function withPart(changes: Readonly<Record<string, unknown>>): TestAction {
  return queueAction({
    EventId: "other",
    Triggers: [{ TriggerParts: [{ ...pathContains("/moon"), ...changes }] }],
  });
}

function many(count: number): TestAction[] {
  return Array.from({ length: count }, (_, index) => actionOn(`/page-${index}`, { Name: `action ${index}` }));
}

function values(): string[] {
  return Array.from({ length: 10_000 }, (_, index) => `/value-${index}`);
}

function deep(levels: number): unknown {
  let value: unknown = "";
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

function text(action: TestAction): string {
  return JSON.stringify(configurationOf(action));
}

/** Not one action that could be worked with. */
const USELESS: readonly [string, unknown][] = [
  ["has no version", { Integrations: [GOOD] }],
  ["has a text as version", { Version: "5", Integrations: [GOOD] }],
  ["has a version below 0", { Version: -1, Integrations: [GOOD] }],
  ["has a broken number as version", { Version: 1.5, Integrations: [GOOD] }],
  ["has a version that is too large", { Version: 2 ** 53, Integrations: [GOOD] }],
  ["has actions at version 0", { Version: 0, Integrations: [GOOD] }],
  ["has an object as actions", { Version: 5, Integrations: { 0: GOOD } }],
  ["has a text as actions", { Version: 5, Integrations: "all" }],
  ["has nothing but a broken action", { Version: 5, Integrations: [{}] }],
];

const NO_ACTIONS: readonly [string, unknown][] = [
  ["has no actions", { Version: 5, Integrations: [] }],
  ["has `null` as actions", { Version: 5, Integrations: null }],
  ["has nothing but version 0, as before the first publish", { Version: 0 }],
  ["has an action of a type nobody knows", configurationOf(queueAction({ ActionType: "Quue" }))],
];

const EDGE = "The integration configuration";

export const CONFIGURATION_CASES: readonly FaultCase[] = [
  ...MODES.flatMap((mode) =>
    USELESS.map(([fault, configuration]): FaultCase => ({
      edge: EDGE,
      fault,
      visitor: "new",
      mode,
      given: { kv: { says: JSON.stringify(configuration) } },
      expected: cannotWork(mode, "configuration-invalid"),
    })),
  ),
  ...BROKEN_ACTIONS.map(([fault, action]): FaultCase => ({
    edge: EDGE,
    fault: `has one action that ${fault}`,
    visitor: "new",
    mode: "open",
    given: { kv: { says: JSON.stringify({ Version: 5, Integrations: [action, GOOD] }) } },
    expected: outcome(WAITS, 0, BROKEN),
  })),
  ...HELD.map(([fault, configuration]): FaultCase => ({
    edge: EDGE,
    fault,
    visitor: "new",
    mode: "closed",
    given: { kv: { says: JSON.stringify(configuration) } },
    expected: outcome(WAITS, 0),
  })),
  ...NO_ACTIONS.map(([fault, configuration]): FaultCase => ({
    edge: EDGE,
    fault,
    visitor: "new",
    mode: "closed",
    given: { kv: { says: JSON.stringify(configuration) } },
    expected: outcome(SITE, 1),
  })),
];

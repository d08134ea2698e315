import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queueingActions } from "../../../infra/queue-it/queueing-actions.ts";
import type {
  Action,
  Trigger,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";
import { askSdk } from "../local/queue-it/sdk.ts";

const path = (ValueToCompare: string, more: Partial<TriggerPart> = {}): TriggerPart => ({
  ValidatorType: "UrlValidator",
  UrlPart: "PagePath",
  Operator: "Contains",
  ValueToCompare,
  ...more,
});
const all = (...TriggerParts: readonly TriggerPart[]): Trigger => ({ LogicalOperator: "And", TriggerParts });
const any = (...TriggerParts: readonly TriggerPart[]): Trigger => ({ LogicalOperator: "Or", TriggerParts });
const action = (ActionType: string, ...Triggers: readonly Trigger[]): Action => ({
  Name: ActionType,
  ActionType,
  EventId: "sale1",
  QueueDomain: "acme.queue-it.net",
  CookieValidityMinute: 20,
  Triggers,
});
const tickets = all(path("/tickets"));
const queues = (...actions: readonly Action[]) => {
  const queueing = queueingActions(actions);
  return actions.map((candidate) => queueing.has(candidate));
};

describe("a Queue action", () => {
  it.each<readonly [string, readonly Action[]]>([
    ["alone", [action("Queue", tickets)]],
    ["for every page", [action("Queue", all())]],
    ["with one trigger of two that can hold", [action("Queue", any(), tickets)]],
    [
      "behind an Ignore action for other pages",
      [action("Ignore", all(path("/help"))), action("Queue", tickets)],
    ],
    [
      "behind an Ignore action for some of its pages",
      [action("Ignore", all(path("/tickets"), path("/free"))), action("Queue", tickets)],
    ],
    ["behind an Ignore action without triggers", [action("Ignore"), action("Queue", tickets)]],
    [
      "behind an Ignore action that looks at the normalized path",
      [{ ...action("Ignore", tickets), IsNormalizationEnabled: true }, action("Queue", tickets)],
    ],
    [
      "behind an Ignore action that tells letters apart",
      [action("Ignore", tickets), action("Queue", all(path("/tickets", { IsIgnoreCase: true })))],
    ],
  ])("%s queues visitors", (_, actions) => {
    expect(queues(...actions).at(-1)).toBe(true);
  });

  it.each<readonly [string, readonly Action[]]>([
    ["without triggers", [action("Queue")]],
    ["with an Or trigger without conditions", [action("Queue", any())]],
    [
      "with a validator that the SDK does not know",
      [action("Queue", all(path("/", { ValidatorType: "Url" })))],
    ],
    ["with an operator that the SDK does not know", [action("Queue", all(path("/", { Operator: "Has" })))]],
    ["with an empty list of literals", [action("Queue", all(path("", { Operator: "EqualsAny" })))]],
    ["behind an Ignore action with the same trigger", [action("Ignore", tickets), action("Queue", tickets)]],
    ["behind a Cancel action with the same trigger", [action("Cancel", tickets), action("Queue", tickets)]],
    ["behind an action of an unknown type", [action("queue", tickets), action("Queue", tickets)]],
    ["behind an Ignore action for every page", [action("Ignore", all()), action("Queue", tickets)]],
    [
      "behind an Ignore action with fewer conditions",
      [action("Ignore", tickets), action("Queue", all(path("/2027"), path("/tickets")))],
    ],
    [
      "behind Ignore actions that share its pages",
      [
        action("Ignore", tickets),
        action("Ignore", all(path("/sale"))),
        action("Queue", any(path("/sale"), path("/tickets"))),
      ],
    ],
  ])("%s does not make anybody queue", (_, actions) => {
    expect(queues(...actions).at(-1)).toBe(false);
  });

  it("still counts where another Queue action comes before the Ignore action", () => {
    const actions = [action("Queue", tickets), action("Ignore", tickets), action("Queue", tickets)];
    expect(queues(...actions)).toEqual([true, false, true]);
  });
});

it.each(["Cancel", "Ignore", "queue", "Block"])(
  "an action of type %s does not make anybody queue",
  (type) => {
    expect(queues(action(type, tickets))).toEqual([false]);
  },
);

const part = fc.record(
  {
    ValidatorType: fc.constantFrom("UrlValidator", "UrlValidator", "UserAgentValidator", "Unknown"),
    UrlPart: fc.constantFrom("PagePath", "PageUrl", "HostName"),
    Operator: fc.constantFrom("Contains", "Equals", "EqualsAny", "ContainsAny", "Unknown"),
    ValueToCompare: fc.constantFrom("/a", "/b", "/A", "*", ""),
    ValuesToCompare: fc.subarray(["/a", "/b", "*"]),
    IsNegative: fc.boolean(),
    IsIgnoreCase: fc.boolean(),
  },
  { requiredKeys: ["ValidatorType", "UrlPart", "Operator", "ValueToCompare"] },
);
const trigger = fc.record({
  LogicalOperator: fc.constantFrom("And", "Or"),
  TriggerParts: fc.array(part, { maxLength: 2 }),
});
const someActions = fc
  .array(
    fc.tuple(
      fc.constantFrom("Queue", "Queue", "Ignore", "Cancel", "queue"),
      fc.array(trigger, { maxLength: 2 }),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((rows) => rows.map(([type, triggers], index) => ({ ...action(type, ...triggers), Name: `${index}` })));

it("an action at which the SDK holds a visitor is always one of them", async () => {
  const seen = { held: 0, idle: 0 };
  await fc.assert(
    fc.asyncProperty(someActions, async (actions) => {
      const queueing = queueingActions(actions);
      seen.idle += actions.filter((one) => one.ActionType === "Queue" && !queueing.has(one)).length;
      const configuration = JSON.stringify({
        Version: 1,
        Integrations: actions.map((one) => ({ ...one, QueuePathPrefix: "" })),
      });
      for (const page of ["/", "/a", "/b", "/A/b"]) {
        const { action: name, redirectUrl } = await askSdk({ url: `https://a.dk${page}` }, configuration);
        if (redirectUrl === undefined) continue;
        seen.held++;
        expect([...queueing].map(({ Name }) => Name)).toContain(name);
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(seen.held, seen.idle)).toBeGreaterThan(20);
});

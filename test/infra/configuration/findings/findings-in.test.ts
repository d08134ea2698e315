import { describe, expect, it } from "vitest";
import { deploymentFacts } from "../../../../infra/configuration/findings/deployment-facts.ts";
import { placeWords } from "../../../../infra/configuration/findings/finding.ts";
import { findingsIn, type Surroundings } from "../../../../infra/configuration/findings/findings-in.ts";
import { readConfigurationFile } from "../../../../infra/queue-it/configuration-file.ts";
import type { TriggerPart } from "../../../../worker/configuration/integration-configuration.ts";
import { queueAction, type TestAction } from "../../../worker/support/configurations.ts";
import { SITE, SOUND } from "../../environments/sound-environment.ts";

const named = {
  name: "staging",
  environment: {
    ...SOUND,
    sites: [{ ...SITE, protect: ["/tickets*", "/cart*"], bypass: ["/tickets/img/*"] }],
  },
} as const;
const WITH: Surroundings = { matching: "normalized", facts: deploymentFacts(named) };
const WITHOUT: Surroundings = { matching: "normalized", facts: undefined };

const path = (
  Operator: string,
  value: string | readonly string[],
  more: Partial<TriggerPart> = {},
): TriggerPart => ({
  ValidatorType: "UrlValidator",
  UrlPart: "PagePath",
  Operator,
  ...(typeof value === "string" ? { ValueToCompare: value } : { ValuesToCompare: value }),
  ...more,
});
const host = (value: string, more: Partial<TriggerPart> = {}) =>
  path("Equals", value, { UrlPart: "HostName", ...more });
const all = (...TriggerParts: readonly TriggerPart[]) => ({ LogicalOperator: "And", TriggerParts });
const any = (...TriggerParts: readonly TriggerPart[]) => ({ LogicalOperator: "Or", TriggerParts });
const queue = (trigger: ReturnType<typeof all>, more: Partial<TestAction> = {}) =>
  queueAction({ Name: "Sale", Triggers: [trigger], ...more });
const tickets = all(path("Contains", "/tickets"));

function found(surroundings: Surroundings, ...actions: readonly unknown[]): readonly string[] {
  const text = JSON.stringify({ Version: 1, Integrations: actions });
  return findingsIn(readConfigurationFile(text), surroundings, text).map(
    ({ code, place, what }) => `${code}: ${placeWords(place)}: ${what}`,
  );
}

describe("a finding", () => {
  it.each<readonly [string, readonly unknown[], RegExp]>([
    [
      "two conditions exclude each other",
      [queue(all(path("Equals", "/tickets"), path("Contains", "/cart")))],
      /^never-true: action 1 "Sale", trigger 1: can never be true: conditions 1 and 2 exclude .*applies to no request$/,
    ],
    [
      "a text is contained that another condition excludes",
      [queue(all(path("Contains", "/tickets/1"), path("ContainsAny", ["/tickets"], { IsNegative: true })))],
      /^never-true: .*conditions 1 and 2/,
    ],
    [
      "the URL must not contain what its path does",
      [
        queue(
          all(
            path("Contains", "/tickets"),
            path("Contains", "tickets", { UrlPart: "PageUrl", IsNegative: true }),
          ),
        ),
      ],
      /^never-true: .*conditions 1 and 2/,
    ],
    [
      "one condition of an Or cannot hold",
      [queue(any(path("Contains", "/tickets"), path("Contains", "", { IsNegative: true })))],
      /^never-true: action 1 "Sale", trigger 1, condition 2: can never be true: the path does not contain ""$/,
    ],
    [
      "an action before it takes all of its requests",
      [queue(tickets), queue(all(path("Contains", "/tickets/2027")), { Name: "Late" })],
      /^shadowed: action 2 "Late": never applies: action 1 "Sale" comes before it/,
    ],
    [
      "an Ignore action before it takes all of its requests",
      [queue(tickets, { ActionType: "Ignore" }), queue(tickets, { Name: "Late" })],
      /^shadowed: action 2 "Late": .*so nobody queues by it$/,
    ],
    [
      "the cookie domain is not the site's",
      [queue(tickets, { CookieDomain: ".other.dk" })],
      /^cookie-domain: action 1 "Sale": has the cookie domain "other\.dk", which "shop\.tickets-and-more\.dk" is not in/,
    ],
    [
      "a host is on no site",
      [queue(all(host("shop.elsewhere.dk"), path("Contains", "/tickets")))],
      /^not-routed: action 1 "Sale", trigger 1: .*no site of staging has such a host/,
    ],
    [
      "no route brings the path to the Worker",
      [queue(all(path("Contains", "/checkout")))],
      /^not-routed: .*does not see "https:\/\/shop\.tickets-and-more\.dk\/checkout" \(no route/,
    ],
    [
      "the path is bypassed",
      [queue(all(path("Equals", "/tickets/img/1.png")))],
      /^not-routed: .*bypassed by shop\.tickets-and-more\.dk\/tickets\/img\/\*/,
    ],
    [
      "an endpoint is not set",
      [queue(tickets, { VerifyQueueIdEnabled: true, QueueIdUsageLimit: 1 })],
      /^setting-missing: action 1 "Sale": has VerifyQueueIdEnabled/,
    ],
  ])("where %s", (_what, actions, told) => {
    expect(found(WITH, ...actions)).toEqual([expect.stringMatching(told)]);
  });

  it.each<readonly [string, readonly unknown[]]>([
    [
      "two conditions that one path fulfils",
      [queue(all(path("Contains", "/tickets"), path("Contains", "/1")))],
    ],
    [
      "an exception that leaves something",
      [queue(all(path("Contains", "/tickets"), path("Contains", "/tickets/img", { IsNegative: true })))],
    ],
    [
      "an action behind one for fewer requests",
      [queue(all(path("Contains", "/tickets/1"))), queue(tickets, { Name: "Late" })],
    ],
    [
      "an action behind one that looks at the normalized URL",
      [queue(tickets, { IsNormalizationEnabled: true }), queue(tickets, { Name: "Late" })],
    ],
    ["a cookie domain that the site is in", [queue(tickets, { CookieDomain: ".tickets-and-more.dk" })]],
    ["a path below one that is protected", [queue(all(path("Contains", "/cart/pay")))]],
    ["a path that is protected with something behind it", [queue(all(path("Contains", "/ticket")))]],
    [
      "an Ignore action for a page that is not seen",
      [queue(all(path("Contains", "/help")), { ActionType: "Ignore" })],
    ],
  ])("is not made of %s", (_what, actions) => {
    expect(found(WITH, ...actions)).toEqual([]);
  });

  it("is not made of what depends on an environment, where none is named", () => {
    expect(found(WITHOUT, queue(all(path("Contains", "/checkout")), { CookieDomain: ".other.dk" }))).toEqual(
      [],
    );
  });

  it("names the action of a configuration that is refused", () => {
    expect(found(WITHOUT, queue(tickets, { EventId: "" }))).toEqual([
      'refused: action 1 "Sale": EventId must name the waiting room',
    ]);
  });
});

import { IntegrationEvaluator } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigHelpers.js";
import type { CustomerIntegration } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigModel.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ActionIndex } from "../../../worker/matching/action-index.ts";
import { ActionSearch, scan } from "../../../worker/matching/action-search.ts";
import { PreparedActions } from "../../../worker/matching/prepared-actions.ts";
import type {
  IntegrationConfiguration,
  Trigger,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { runs } from "../../support/runs.ts";
import { configurationOf, queueAction, type TestAction } from "../support/configurations.ts";
import { referenceContext } from "./reference.ts";

/**
 * Pieces that overlap each other, change length in upper case, cut surrogate pairs, or are as long as an
 * index piece.
 */
const piece = fc.constantFrom(
  ...["", "*", "/", "a", "ab", "ba", "aba", "abab", "abcd", "abcdefgh", "ABCDEFGH", "bcdefghi", "abcdefghi"],
  ...["ß", "SS", "ss", "ẞ", "ﬁ", "FI", "fi", "İ", "i̇", "ı", "I", "ŉ", "ΐ", "Σ", "ς", "ǆ", "é", "e\u0301"],
  ...["\ud801\udc28", "\ud801\udc00", "\ud801", "\udc28", "😀", "%C3%9F", "%c3%9f", "%41", "%2e", "..", "//"],
  ...["\0", "null", "__proto__", "constructor", "Infinity", "ab".repeat(1500), "shop.example", "?x=1", "#f"],
);
const literal = fc.array(piece, { minLength: 0, maxLength: 3 }).map((pieces) => pieces.join(""));
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const url = fc.oneof(
  text.map((rest) => `https://shop.example/${rest}`),
  text.map((rest) => `https://${rest}`),
  text.filter((rest) => rest !== ""),
);

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 9 });

const part: fc.Arbitrary<TriggerPart> = fc.record({
  ValidatorType: fc.constantFrom(
    ...[
      "UrlValidator",
      "UrlValidator",
      "UrlValidator",
      "UrlValidator",
      "UserAgentValidator",
      "FutureValidator",
    ],
  ),
  Operator: fc.constantFrom("Contains", "Contains", "Equals", "ContainsAny", "EqualsAny", "FutureOperator"),
  ValueToCompare: optional(literal),
  ValuesToCompare: optional(fc.array(literal, { maxLength: 3 })),
  UrlPart: fc.constantFrom("PageUrl", "PageUrl", "PagePath", "PagePath", "HostName", "FuturePart"),
  IsNegative: fc.constantFrom(false, false, false, true),
  IsIgnoreCase: fc.boolean(),
});
const trigger: fc.Arbitrary<Trigger> = fc.record({
  LogicalOperator: fc.constantFrom("And", "And", "Or", "FutureOperator"),
  TriggerParts: fc.array(part, { minLength: 0, maxLength: 3 }),
});
const action = fc
  .record({
    Triggers: fc.array(trigger, { minLength: 0, maxLength: 2 }),
    IsNormalizationEnabled: fc.constantFrom(false, false, true),
  })
  .map((fields) => queueAction(fields));

describe("the search for an action, with and without index", () => {
  it("finds the action that the SDK finds, whatever the literals and the URL", () => {
    const cases = { all: 0, matched: 0, afterTheFirst: 0 };
    const urls = fc.array(url, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), urls, (actions, visits) => {
        const { config, prepared, index } = searchIn(actions);
        for (const pageUrl of visits) {
          const found = index.first(visitTo(pageUrl));
          const choice = sdkChoice(config, pageUrl);
          expect(found?.Name).toBe(choice);
          expect(scan(prepared, visitTo(pageUrl))?.Name).toBe(choice);
          cases.all++;
          if (found !== undefined) cases.matched++;
          if (found !== undefined && found.Name !== "action 0") cases.afterTheFirst++;
        }
      }),
      { numRuns: runs(80, 400) },
    );
    expect(cases.matched).toBeGreaterThan(cases.all * 0.2);
    expect(cases.afterTheFirst).toBeGreaterThan(cases.all * 0.1);
  });

  it.each(["And", "Or"])("finds an action by any one literal alone (%s)", (LogicalOperator) => {
    fc.assert(
      fc.property(literal, text, text, fc.boolean(), fc.boolean(), (value, before, after, whole, ignores) => {
        const Operator = whole ? "EqualsAny" : "Contains";
        const only = {
          ...{ ValidatorType: "UrlValidator", UrlPart: "PageUrl", Operator, IsIgnoreCase: ignores },
          ...{ ValueToCompare: value, ValuesToCompare: ["unrelated literal", value] },
        };
        const { config, prepared, index } = searchIn([
          queueAction({ Triggers: [{ LogicalOperator, TriggerParts: [only] }] }),
        ]);
        const pageUrl = whole ? value || "/" : `${before}${value}${after}` || "/";
        const choice = sdkChoice(config, pageUrl);
        expect(index.first(visitTo(pageUrl))?.Name).toBe(choice);
        expect(scan(prepared, visitTo(pageUrl))?.Name).toBe(choice);
      }),
      { numRuns: runs(120, 600) },
    );
  });

  it("asks only the actions whose literals are in the URL, and still the first of them", () => {
    const pages = Array.from({ length: 500 }, (_, index) =>
      queueAction({
        Triggers: [{ TriggerParts: [contains(`/product-${index % 250}-`), contains("/product-")] }],
      }),
    );
    let asked = 0;
    const watched = pages.map((page) => ({
      ...page,
      get Triggers() {
        asked++;
        return page.Triggers;
      },
    }));
    const { index } = searchIn(watched);
    const whenBuilt = asked;
    expect(index.first(visitTo("https://shop.example/product-17-blue"))?.Name).toBe("action 17");
    expect(index.first(visitTo("https://shop.example/about"))).toBeUndefined();
    expect(asked - whenBuilt).toBeLessThan(10);
  });

  it("tells literals apart that differ in one place only, wherever it is", () => {
    const same = "the same long text in all of the literals/";
    for (let place = 0; place <= same.length; place++) {
      const { index } = searchIn(
        Array.from({ length: 100 }, (_, number) => {
          const value = `/${same.slice(0, place)}${String(number).padStart(3, "-")}${same.slice(place)}`;
          return queueAction({ Triggers: [{ TriggerParts: [contains(value)] }] });
        }),
      );
      const url = `https://shop.example/${same.slice(0, place)}-17${same.slice(place)}`;
      expect(index.first(visitTo(url))?.Name).toBe("action 17");
    }
  });

  it("gives the same answer before and after it has made the index", () => {
    const pages = Array.from({ length: 50 }, (_, index) =>
      queueAction({ Triggers: [{ TriggerParts: [contains(`/product-${index}-`)] }] }),
    );
    const search = new ActionSearch(searchIn(pages).config);
    const answers = Array.from({ length: 100 }, () =>
      search.first(visitTo("https://shop.example/product-17-blue")),
    );
    expect(new Set(answers.map((found) => found?.Name))).toEqual(new Set(["action 17"]));
    expect(search.first(visitTo("https://shop.example/about"))).toBeUndefined();
  });
});

function contains(value: string): TriggerPart {
  return { ValidatorType: "UrlValidator", UrlPart: "PageUrl", Operator: "Contains", ValueToCompare: value };
}

function searchIn(actions: readonly TestAction[]): {
  config: IntegrationConfiguration;
  prepared: PreparedActions;
  index: ActionIndex;
} {
  // Not spread: a test may watch an action's properties.
  actions.forEach((one, index) => Object.assign(one, { Name: `action ${index}` }));
  const config = configurationOf(...actions);
  const prepared = new PreparedActions(config.Integrations ?? []);
  return { config, prepared, index: new ActionIndex(prepared) };
}

function visitTo(url: string): Visit {
  return new Visit({ url, method: "GET", headers: { get: () => null } }, url, "");
}

function sdkChoice(config: IntegrationConfiguration, url: string): string | undefined {
  const { context } = referenceContext({ url, method: "GET", headers: {}, body: "" });
  const json = JSON.parse(JSON.stringify(config)) as CustomerIntegration;
  const choice = new IntegrationEvaluator().getMatchedIntegrationConfig(json, url, context) as {
    Name: string;
  } | null;
  return choice?.Name;
}

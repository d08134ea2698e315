import { describe, expect, it } from "vitest";
import { demoConfiguration } from "../../../infra/local/queue-it/demo-configuration.ts";
import { configurationWarnings } from "../../../infra/queue-it/configuration-warnings.ts";
import type { IntegrationConfiguration, TriggerPart } from "../../../worker/configuration.ts";
import {
  configurationOf,
  pathContains,
  queueAction,
  type TestAction,
} from "../../worker/support/configurations.ts";

const NORMALIZED = { IsNormalizationEnabled: true };

function action(
  part: Partial<TriggerPart> & Record<string, unknown>,
  changes: Partial<TestAction> = {},
): TestAction {
  const TriggerParts = [{ ...pathContains("/tickets"), ...part }];
  return queueAction({ Triggers: [{ LogicalOperator: "And", TriggerParts }], ...NORMALIZED, ...changes });
}

function warnings(
  configuration: IntegrationConfiguration,
  matching: "as-configured" | "normalized" = "as-configured",
) {
  return configurationWarnings(configuration, matching).map(
    ({ code, what, remedy }) => `${code}: ${what} → ${remedy}`,
  );
}

const codes = (one: TestAction, matching?: "as-configured" | "normalized") =>
  warnings(configurationOf(one), matching).map((text) => text.split(":", 1)[0]);

const PART = "Integrations[0].Triggers[0].TriggerParts[0]";

describe("a word that the SDK does not know", () => {
  it.each<[string, TestAction, string]>([
    [
      "an action type",
      action({}, { ActionType: "Quue" }),
      'Integrations[0].ActionType is "Quue", which is no word that the SDK knows: it is taken as Ignore, and its pages are open → did you mean Queue?',
    ],
    [
      "an operator",
      action({ Operator: "Contians" }),
      `${PART}.Operator is "Contians", which is no word that the SDK knows: the condition never holds → did you mean Contains?`,
    ],
    [
      "a regular expression, which the SDK does not have",
      action({ Operator: "MatchesWith", ValueToCompare: "(" }),
      `${PART}.Operator is "MatchesWith", which is no word that the SDK knows: the condition never holds → use Equals, Contains, EqualsAny or ContainsAny`,
    ],
    [
      "a validator",
      action({ ValidatorType: "urlvalidator" }),
      `${PART}.ValidatorType is "urlvalidator", which is no word that the SDK knows: the condition never holds → did you mean UrlValidator?`,
    ],
    [
      "a validator that is missing",
      action({ ValidatorType: null }),
      `${PART}.ValidatorType is missing: the condition never holds → use UrlValidator, CookieValidator, UserAgentValidator, HttpHeaderValidator or RequestBodyValidator`,
    ],
    [
      "a part of the URL",
      action({ UrlPart: "Path" }),
      `${PART}.UrlPart is "Path", which is no word that the SDK knows: an empty text is compared instead → use HostName, PagePath or PageUrl`,
    ],
    [
      "a logical operator",
      action({}, { Triggers: [{ LogicalOperator: "OR", TriggerParts: [pathContains("/tickets")] }] }),
      'Integrations[0].Triggers[0].LogicalOperator is "OR", which is no word that the SDK knows: it is taken as And → did you mean Or?',
    ],
    [
      "a redirect logic",
      action({}, { RedirectLogic: "ForcedTargetURI" }),
      'Integrations[0].RedirectLogic is "ForcedTargetURI", which is no word that the SDK knows: visitors come back to the page that they asked for → did you mean ForcedTargetUrl?',
    ],
  ])("is told with what comes of it and what was meant: %s", (_what, one, text) => {
    expect(warnings(configurationOf(one))).toEqual([`unknown-word: ${text}`]);
  });

  it("is no warning where it may be left out", () => {
    expect(warnings(configurationOf(action({ IsNegative: null }, { RedirectLogic: null })))).toEqual([]);
    expect(
      warnings(configurationOf(action({}, { Triggers: [{ TriggerParts: [pathContains("/a")] }] }))),
    ).toEqual([]);
    expect(warnings({ Version: 1 })).toEqual([]);
  });

  it("may be one of very many", () => {
    const many = Array.from({ length: 500 }, () => action({ Operator: "Contians" }));
    const told = warnings(configurationOf(...many));
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toContain("There are 480 more such words");
  });

  it("is never printed when it is a secret", () => {
    const secret = "11111111-2222-3333-4444-55555555555566666666-7777-8888-9999-000000000000";
    expect(warnings(configurationOf(action({ Operator: secret }))).join()).not.toContain(secret);
  });
});

describe("a property that the SDK does not look at", () => {
  it("is told when it is nearly one that is missing", () => {
    const misspelt = queueAction({ IsNormalisationEnabled: true, IsCookieSecure: true });
    expect(warnings(configurationOf(misspelt))[0]).toBe(
      'misspelt-property: Integrations[0] has "IsNormalisationEnabled", which the SDK does not look at → did you mean IsNormalizationEnabled?',
    );
    const configuration = { Version: 1, Integration: [] };
    expect(warnings(configuration)).toEqual([
      'misspelt-property: The configuration has "Integration", which the SDK does not look at → did you mean Integrations?',
    ]);
  });

  it("is nobody's fault when it is one of Queue-it's own", () => {
    const published = {
      ...configurationOf(action({}, { ActionId: "x" })),
      CustomerId: "acme",
      PublishDate: "",
    };
    expect(warnings(published)).toEqual([]);
  });
});

describe("a literal", () => {
  it("that a browser encodes is never found as it is written", () => {
    const one = action({ ValueToCompare: "/größe" }, { IsNormalizationEnabled: false });
    expect(warnings(configurationOf(one))[0]).toBe(
      `dead-literal: ${PART} compares with "/größe", which the URL of a browser never contains in this form → write "/gr%C3%B6%C3%9Fe"`,
    );
    expect(codes({ ...one, ...NORMALIZED })).toEqual(["dead-literal"]);
  });

  it.each(["/%74ickets", "/a b", "//", "/a/../b", "/%c3%9f", "?q=a%20b", "\\"])(
    "that normalization changes is never found by an action that normalizes: %s",
    (ValueToCompare) => {
      const one = { ValueToCompare, IsIgnoreCase: false };
      expect(codes(action(one))).toEqual(["dead-literal"]);
    },
  );

  it.each(["/tickets", "/%C3%9F", "/a%20b", "?q=a+b", "/a?b=c#d", ".html", "*", ""])(
    "in its usual form is no warning: %s",
    (ValueToCompare) => {
      expect(codes(action({ ValueToCompare, IsIgnoreCase: false }))).toEqual([]);
    },
  );

  it("under the property that its operator does not read is told", () => {
    const list = { ValueToCompare: "", ValuesToCompare: ["/tickets"] };
    expect(warnings(configurationOf(action({ Operator: "Contains", ...list })))).toEqual([
      `dead-literal: ${PART} has its literals in ValuesToCompare, and Contains reads ValueToCompare, which is empty → move them to ValueToCompare, or use ContainsAny`,
    ]);
    expect(codes(action({ Operator: "EqualsAny", ValuesToCompare: [] }))).toEqual(["dead-literal"]);
  });
});

describe("a comparison of a URL", () => {
  const asItComes = { IsNormalizationEnabled: false };

  it("with a path as it comes is got around by another spelling", () => {
    const one = action({}, { Name: "Tickets", ...asItComes });
    expect(warnings(configurationOf(one))).toEqual([
      'path-spelling: Action "Tickets" compares the path as it comes: "/%74ickets" is the same page to most servers, and does not match "/tickets" → ' +
        'set IsNormalizationEnabled to true there, or matching to "normalized" in the environment’s queueIt',
    ]);
    expect(codes(one, "normalized")).toEqual([]);
    expect(codes({ ...one, ...NORMALIZED })).toEqual([]);
  });

  it("that makes an exception is got around by a detour", () => {
    const exception = action({ IsNegative: true, ValueToCompare: "/public" }, { Name: "Shop", ...asItComes });
    const ignored = action(
      { ValueToCompare: "/public/" },
      { Name: "Public", ActionType: "Ignore", ...asItComes },
    );
    expect(warnings(configurationOf(exception, ignored))).toEqual([
      'path-spelling: Actions "Shop" and "Public" make an exception by the path as it comes: "/public/%2e%2e/" before any other page makes it one too → ' +
        'set IsNormalizationEnabled to true there, or matching to "normalized" in the environment’s queueIt',
    ]);
    expect(codes({ ...exception, ...NORMALIZED })).toEqual([]);
    expect(codes(action({ Operator: "Equals" }, { ActionType: "Ignore", ...asItComes }))).toEqual([]);
  });

  it("with a host is got around by a final dot, a port or upper case", () => {
    const host = {
      UrlPart: "HostName",
      ValueToCompare: "shop.example",
      Operator: "Equals",
      IsIgnoreCase: true,
    };
    expect(warnings(configurationOf(action(host, { Name: "Tickets" })))).toEqual([
      'host-spelling: Action "Tickets" compares the host letter by letter: the same site answers to "shop.example.", "shop.example:8443" and "SHOP.EXAMPLE", which are not "shop.example" → ' +
        'use Contains or ContainsAny with IsIgnoreCase true, or set matching to "normalized" in the environment’s queueIt',
    ]);
    expect(codes(action({ ...host, Operator: "Contains", IsIgnoreCase: false }))).toEqual(["host-spelling"]);
    expect(codes(action({ ...host, Operator: "Contains" }))).toEqual([]);
    expect(codes(action({ ...host, IsNegative: true }))).toEqual([]);
    expect(codes(action(host), "normalized")).toEqual([]);
  });

  it("with a whole address is got around by another spelling of the host", () => {
    const address = { UrlPart: "PageUrl", ValueToCompare: "https://shop.example/tickets" };
    expect(codes(action(address))).toEqual(["address-spelling"]);
    expect(codes(action({ ...address, Operator: "Equals", ValueToCompare: "/tickets" }))).toEqual([
      "address-spelling",
    ]);
    expect(codes(action({ ...address, ValueToCompare: "/tickets" }))).toEqual([]);
  });

  it("is not told where an unknown word says more", () => {
    expect(codes(action({}, { ActionType: "Quue", ...asItComes }))).toEqual(["unknown-word"]);
    expect(codes(action({ Operator: "Contians" }, asItComes))).toEqual(["unknown-word"]);
  });

  it("with what is in every URL is no warning", () => {
    for (const ValueToCompare of ["", "*", "/"])
      expect(codes(action({ ValueToCompare }, asItComes))).toEqual([]);
  });

  it("is told once for all actions", () => {
    const many = Array.from({ length: 5 }, (_, index) => action({}, { Name: `A${index}`, ...asItComes }));
    const [one, ...more] = warnings(configurationOf(...many));
    expect(one).toContain('Actions "A0", "A1", "A2" and 2 more compare the path');
    expect(more).toEqual([]);
  });
});

it("the demo's own configuration has no warning", () => {
  expect(warnings(demoConfiguration(["shop.example.com"], { customerId: "acme" }))).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { demoConfiguration } from "../../../infra/local/queue-it/demo-configuration.ts";
import { actionLookup } from "../../../infra/plan/routing.ts";
import { configurationWarnings } from "../../../infra/queue-it/configuration-warnings.ts";
import type {
  IntegrationConfiguration,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";
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
      'Integrations[0].ActionType is "Quue", which is not a word that the SDK knows: it is treated as Ignore, and its pages are open → did you mean Queue?',
    ],
    [
      "an operator",
      action({ Operator: "Contians" }),
      `${PART}.Operator is "Contians", which is not a word that the SDK knows: the condition never holds → did you mean Contains?`,
    ],
    [
      "a regular expression, which the SDK does not have",
      action({ Operator: "MatchesWith", ValueToCompare: "(" }),
      `${PART}.Operator is "MatchesWith", which is not a word that the SDK knows: the condition never holds → use Equals, Contains, EqualsAny or ContainsAny`,
    ],
    [
      "an operator that would be the opposite of the nearest one",
      action({ Operator: "NotEquals" }),
      `${PART}.Operator is "NotEquals", which is not a word that the SDK knows: the condition never holds → did you mean Equals with IsNegative true?`,
    ],
    [
      "an operator that negates, in words of its own",
      action({ Operator: "DoesNotContain" }),
      `${PART}.Operator is "DoesNotContain", which is not a word that the SDK knows: the condition never holds → did you mean Contains with IsNegative true?`,
    ],
    [
      "a logical operator that shares no letter with any",
      action({}, { Triggers: [{ LogicalOperator: "&&", TriggerParts: [pathContains("/tickets")] }] }),
      'Integrations[0].Triggers[0].LogicalOperator is "&&", which is not a word that the SDK knows: it is treated as And → use And or Or',
    ],
    [
      "a validator",
      action({ ValidatorType: "urlvalidator" }),
      `${PART}.ValidatorType is "urlvalidator", which is not a word that the SDK knows: the condition never holds → did you mean UrlValidator?`,
    ],
    [
      "a validator that is missing",
      action({ ValidatorType: null }),
      `${PART}.ValidatorType is missing: the condition never holds → use UrlValidator, CookieValidator, UserAgentValidator, HttpHeaderValidator or RequestBodyValidator`,
    ],
    [
      "a part of the URL",
      action({ UrlPart: "Path" }),
      `${PART}.UrlPart is "Path", which is not a word that the SDK knows: an empty text is compared instead → use HostName, PagePath or PageUrl`,
    ],
    [
      "a logical operator",
      action({}, { Triggers: [{ LogicalOperator: "OR", TriggerParts: [pathContains("/tickets")] }] }),
      'Integrations[0].Triggers[0].LogicalOperator is "OR", which is not a word that the SDK knows: it is treated as And → did you mean Or?',
    ],
    [
      "a redirect logic",
      action({}, { RedirectLogic: "ForcedTargetURI" }),
      'Integrations[0].RedirectLogic is "ForcedTargetURI", which is not a word that the SDK knows: visitors come back to the page that they asked for → did you mean ForcedTargetUrl?',
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
      'misspelt-property: Integrations[0] has "IsNormalisationEnabled", which the SDK ignores → did you mean IsNormalizationEnabled?',
    );
    const configuration = { Version: 1, Integration: [] };
    expect(warnings(configuration)).toEqual([
      'misspelt-property: The configuration has "Integration", which the SDK ignores → did you mean Integrations?',
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

  it.each<[UrlPart: string, literals: readonly string[]]>([
    ["PagePath", ["/tickets", "/%C3%9F", "/a%20b", ".html", "event/5", "/index.php/event", "*", ""]],
    [
      "PageUrl",
      ["/tickets", "?q=a+b", "/a?b=c", "https://shop.pl", "shop.pl/event", "://", "?f[a-b]=1", "*"],
    ],
    [
      "HostName",
      ["shop.pl", "shop", ".pl", "2026", "shop.pl:8443", "xn--zajzyk-y4a.pl", "127.0.0.1", "*", ""],
    ],
  ])("in its usual form is no warning in %s: %j", (UrlPart, literals) => {
    const told = literals.flatMap((ValueToCompare) =>
      warnings(configurationOf(action({ UrlPart, ValueToCompare }))),
    );
    expect(told.filter((text) => text.startsWith("dead-literal"))).toEqual([]);
  });

  it.each<[UrlPart: string, Operator: string, literal: string, remedy: string]>([
    ["HostName", "Contains", "sklep.zajęzyk.pl", 'write "sklep.xn--zajzyk-y4a.pl"'],
    ["HostName", "Equals", "sklep.zajęzyk.pl", 'write "sklep.xn--zajzyk-y4a.pl"'],
    ["HostName", "Contains", "zajęzyk", 'write "xn--zajzyk-y4a", if it is whole names between the dots'],
    ["HostName", "Contains", "https://shop.pl", 'write "shop.pl"'],
    [
      "HostName",
      "Contains",
      "shop.pl/event",
      'write "shop.pl", and make a second condition on PagePath of "/event"',
    ],
    ["HostName", "Equals", "shop.pl:443", 'write "shop.pl"'],
    ["HostName", "Contains", "shop.pl ", 'write "shop.pl"'],
    ["HostName", "Contains", "me@shop.pl", "write the hostname alone"],
    ["HostName", "Contains", "*.shop.pl", "use Contains with the text that all these URLs have in common"],
    ["HostName", "Equals", "*", "use Contains with the text that all these URLs have in common"],
    [
      "PagePath",
      "Contains",
      "/event?x=1",
      'write "/event", or compare the query string with PageUrl and Contains',
    ],
    ["PagePath", "Contains", "?x=1", "compare the query string with PageUrl and Contains"],
    [
      "PagePath",
      "Contains",
      "shop.pl/event",
      'write "/event", and make a second condition on HostName of the host',
    ],
    [
      "PagePath",
      "Contains",
      "https://shop.pl",
      'write "/", and make a second condition on HostName of the host',
    ],
    ["PagePath", "Contains", "/event/*", "use Contains with the text that all these URLs have in common"],
    ["PagePath", "Contains", "^/event", "use Contains with the text that all these URLs have in common"],
    ["PagePath", "Contains", "/event/\\d+", "use Contains with the text that all these URLs have in common"],
    ["PagePath", "Equals", "event/5", 'write "/event/5"'],
    ["PagePath", "Equals", "", "write what the condition should compare with, or remove it"],
    ["PagePath", "Contains", "/event/{id}", 'write "/event/%7Bid%7D"'],
    ["PagePath", "Contains", "/event ", 'write "/event"'],
    ["PagePath", "Contains", "\\event", 'write "/event"'],
    [
      "PageUrl",
      "Contains",
      "https://sklep.zajęzyk.pl/event/",
      'write "https://sklep.xn--zajzyk-y4a.pl/event/"',
    ],
    [
      "PageUrl",
      "Contains",
      "sklep.zajęzyk.pl/größe",
      'write "sklep.xn--zajzyk-y4a.pl/gr%C3%B6%C3%9Fe" where it is the host, or "sklep.zaj%C4%99zyk.pl/gr%C3%B6%C3%9Fe" where it is a path',
    ],
    ["PageUrl", "Contains", "https://shop.pl:443/event", 'write "https://shop.pl/event"'],
    ["PageUrl", "Contains", "#buy", "remove the condition, and use another one"],
    ["PageUrl", "Contains", "/event#buy", 'write "/event"'],
    [
      "PageUrl",
      "Contains",
      "https://shop.pl/*",
      "use Contains with the text that all these URLs have in common",
    ],
    ["PageUrl", "Equals", "https://shop.pl", 'write "https://shop.pl/"'],
    ["PageUrl", "Equals", "/event", 'write the whole URL, or use Contains with "/event"'],
  ])("that is in no browser's %s is told: %s %j", (UrlPart, Operator, ValueToCompare, remedy) => {
    for (const isNormalized of [true, false]) {
      const one = action({ UrlPart, Operator, ValueToCompare }, { IsNormalizationEnabled: isNormalized });
      const [told = ""] = warnings(configurationOf(one));
      expect(told).toContain("dead-literal: ");
      expect(told.split(" → ")[1]).toBe(remedy);
      const [, better] = /^write ("[^"]*")/.exec(remedy) ?? [];
      if (better === undefined) continue;
      const fixed = { UrlPart, Operator, ValueToCompare: String(JSON.parse(better)) };
      expect(codes(action(fixed, { IsNormalizationEnabled: isNormalized }))).not.toContain("dead-literal");
    }
  });

  it("of a host is dead in upper case, unless the case is ignored", () => {
    const host = { UrlPart: "HostName", ValueToCompare: "Shop.pl" };
    expect(codes(action({ ...host, IsIgnoreCase: false }))).toEqual(["dead-literal", "host-spelling"]);
    expect(codes(action(host))).toEqual([]);
  });

  it("under the property that its operator does not read is told", () => {
    const list = { ValueToCompare: "", ValuesToCompare: ["/tickets"] };
    expect(warnings(configurationOf(action({ Operator: "Contains", ...list })))).toEqual([
      `dead-literal: ${PART} has its literals in ValuesToCompare, and Contains reads ValueToCompare, which is empty → move them to ValueToCompare, or use ContainsAny`,
    ]);
    expect(codes(action({ Operator: "EqualsAny", ValuesToCompare: [] }))).toEqual(["dead-literal"]);
  });
});

describe("an empty list", () => {
  const trigger = (LogicalOperator: string) =>
    action({}, { Triggers: [{ LogicalOperator, TriggerParts: [] }] });

  it("of triggers or of conditions is never or always true, and told", () => {
    expect(warnings(configurationOf(action({}, { Triggers: [] })))).toEqual([
      "empty-list: Integrations[0].Triggers is empty: the action applies to no request → give it a trigger, or remove it",
    ]);
    expect(warnings(configurationOf(trigger("Or")))[0]).toContain("with Or it applies to no request");
    expect(warnings(configurationOf(trigger("And")))[0]).toContain("it applies to every request");
  });

  it("of triggers or of conditions means to the Worker what is told", () => {
    const match = (one: TestAction) => {
      const lookup = actionLookup(JSON.stringify(configurationOf(one)), "as-configured");
      return lookup(new URL("https://shop.pl/event"));
    };
    expect([match(action({}, { Triggers: [] })), match(trigger("Or"))]).toEqual(["none", "none"]);
    expect(match(trigger("And"))).toMatchObject({ type: "Queue" });
  });

  it("of literals is told", () => {
    const none = { Operator: "ContainsAny", ValueToCompare: "", ValuesToCompare: [] };
    expect(warnings(configurationOf(action(none)))).toEqual([
      `empty-list: ${PART}.ValuesToCompare is empty: the condition never holds → write its literals there`,
    ]);
    expect(warnings(configurationOf(action({ ...none, IsNegative: true })))[0]).toContain("always holds");
  });
});

describe("a comparison of a URL", () => {
  const asItComes = { IsNormalizationEnabled: false };

  it("with a path as it comes is got around by another spelling", () => {
    const one = action({}, { Name: "Tickets", ...asItComes });
    expect(warnings(configurationOf(one))).toEqual([
      'path-spelling: Action "Tickets" compares the path as it comes: "/%74ickets" is the same page to most servers, and does not match "/tickets" → ' +
        'set IsNormalizationEnabled to true there, or matching to "normalized" in the environment’s queueIt; both see only what the routes bring to the Worker, every spelling with protect: ["/*"] alone',
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
        'set IsNormalizationEnabled to true there, or matching to "normalized" in the environment’s queueIt; both see only what the routes bring to the Worker, every spelling with protect: ["/*"] alone',
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
      'host-spelling: Action "Tickets" compares the host character by character: the same site answers to "shop.example.", "shop.example:8443" and "SHOP.EXAMPLE", which are not "shop.example" → ' +
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
    expect(codes(action({ ...address, Operator: "Equals" }))).toEqual(["address-spelling"]);
    expect(codes(action({ ...address, ValueToCompare: "/tickets" }))).toEqual([]);
  });

  it("that has a scheme and a host is respelt in its path", () => {
    const address = (ValueToCompare: string) =>
      warnings(configurationOf(action({ UrlPart: "PageUrl", ValueToCompare }, asItComes)));
    expect(address("https://shop.pl/event")[0]).toContain('"https://shop.pl/%65vent" is the same page');
    expect(address("https://shop.pl").map((text) => text.split(":", 1)[0])).toEqual(["address-spelling"]);
  });

  it("with a host in its own letters names the host as browsers send it", () => {
    const host = { UrlPart: "HostName", Operator: "Equals", ValueToCompare: "zajęzyk.pl" };
    expect(warnings(configurationOf(action(host))).at(-1)).toContain('"xn--zajzyk-y4a.pl."');
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

describe("a literal that is found all the same", () => {
  const found = (literal: string, UrlPart: string) =>
    codes(action({ UrlPart, Operator: "Contains", ValueToCompare: literal, IsIgnoreCase: false })).filter(
      (code) => code === "dead-literal",
    );

  it.each(["//", "://", "s://", "tps://", "p://shop.pl/a", "://shop.pl", "https://"])(
    "is %s in a normalized address, since a scheme ends in it",
    (literal) => {
      expect(found(literal, "PageUrl")).toEqual([]);
    },
  );

  it.each(["v1.beta/x", "app.v2/tickets", "a.b.latest/", "main.js/x"])(
    "is %s in a path, which is no host",
    (literal) => {
      expect(found(literal, "PagePath")).toEqual([]);
    },
  );

  it.each(["shop.pl/a", "shop.example.com/tickets", "my.shop/a", "sklep.zajęzyk.pl/a"])(
    "is none of %s in a path, which begins with a host",
    (literal) => {
      expect(found(literal, "PagePath")).toEqual(["dead-literal"]);
    },
  );
});

it.each(["UserAgentValidator", "CookieValidator", "HttpHeaderValidator"])(
  "a regular expression is none for %s either",
  (ValidatorType) => {
    const names = { CookieName: "c", HttpHeaderName: "x-h" };
    const of = (ValueToCompare: string) =>
      codes(action({ ValidatorType, Operator: "Contains", ValueToCompare, ...names }));
    expect(of("^curl.*(")).toEqual(["dead-literal"]);
    expect(of("Mozilla/5.0 (X11; Linux x86_64)")).toEqual([]);
    expect(of("text/html, */*;q=0.8")).toEqual([]);
  },
);

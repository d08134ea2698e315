import { describe, expect, it } from "vitest";
import type { Trigger, TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { literalChoices, mayMatch } from "../../../worker/matching/required-literals.ts";
import { queueAction } from "../support/configurations.ts";

const choicesOf = (...Triggers: readonly Trigger[]): unknown => literalChoices(queueAction({ Triggers }));
const may = (url: string, ...Triggers: readonly Trigger[]): boolean =>
  mayMatch(queueAction({ Triggers }), url);

function contains(value: string, changes: TriggerPart = {}): TriggerPart {
  return { ValidatorType: "UrlValidator", Operator: "Contains", ValueToCompare: value, ...changes };
}
const ANYTHING = contains("/tickets", { IsNegative: true });

describe("the literals that a URL needs for an action", () => {
  it("are upper-cased, one choice for each part that has to hold", () => {
    expect(choicesOf({ TriggerParts: [contains("/tickets"), contains("shop")] })).toEqual([
      [["/TICKETS"], ["SHOP"]],
    ]);
  });

  it("are those of all parts together where one of them has to hold", () => {
    const trigger = { LogicalOperator: "Or", TriggerParts: [contains("/tickets"), contains("/sale")] };
    expect(choicesOf(trigger)).toEqual([[["/TICKETS", "/SALE"]]]);
  });

  it.each([
    ["Equals", { ValueToCompare: "/one" }, ["/ONE"]],
    ["EqualsAny", { ValuesToCompare: ["/one", "/two"] }, ["/ONE", "/TWO"]],
    ["ContainsAny", { ValuesToCompare: ["/one", "/two"] }, ["/ONE", "/TWO"]],
  ])("are those of %s", (Operator, literals, wanted) => {
    expect(choicesOf({ TriggerParts: [{ ValidatorType: "UrlValidator", Operator, ...literals }] })).toEqual([
      [wanted],
    ]);
  });

  it("are one list for each trigger", () => {
    const triggers = [{ TriggerParts: [contains("/tickets")] }, { TriggerParts: [contains("/sale")] }];
    expect(choicesOf(...triggers)).toEqual([[["/TICKETS"]], [["/SALE"]]]);
  });

  it("are none for an action without triggers, which never matches", () => {
    expect(choicesOf()).toEqual([]);
    expect(may("https://shop.example/")).toBe(false);
  });

  it("are said by the other parts of a trigger whose parts all have to hold", () => {
    expect(choicesOf({ TriggerParts: [ANYTHING, contains("/sale")] })).toEqual([[["/SALE"]]]);
  });

  it("cannot be said where one part of an or, or one of the triggers, says nothing", () => {
    expect(choicesOf({ LogicalOperator: "Or", TriggerParts: [ANYTHING, contains("/sale")] })).toBeUndefined();
    expect(choicesOf({ TriggerParts: [contains("/sale")] }, { TriggerParts: [ANYTHING] })).toBeUndefined();
  });

  it.each<[string, TriggerPart]>([
    ["is negative", ANYTHING],
    ["looks at something else than the URL", contains("/tickets", { ValidatorType: "CookieValidator" })],
    ["has an operator nobody knows", contains("/tickets", { Operator: "FutureOperator" })],
    ["has no operator", { ValidatorType: "UrlValidator", ValueToCompare: "/tickets" }],
    ["has no literal", { ValidatorType: "UrlValidator", Operator: "Contains" }],
    ["has a literal of one character", contains("/")],
    ["is true for anything", contains("*")],
    [
      "has one literal that is too short",
      { ...contains(""), Operator: "ContainsAny", ValuesToCompare: ["/a", "x"] },
    ],
    ["begins in a surrogate pair", contains("\udc28/tickets")],
    ["ends in a surrogate pair", contains("/tickets\ud801")],
  ])("cannot be said where a part %s", (_what, part) => {
    expect(choicesOf({ TriggerParts: [part] })).toBeUndefined();
    expect(may("HTTPS://ELSEWHERE.EXAMPLE/", { TriggerParts: [part] })).toBe(true);
  });

  it("cannot be in any URL where the list of literals is empty", () => {
    const part = { ValidatorType: "UrlValidator", Operator: "ContainsAny" };
    expect(choicesOf({ TriggerParts: [part] })).toEqual([[[]]]);
    expect(may("HTTPS://SHOP.EXAMPLE/", { TriggerParts: [part] })).toBe(false);
  });

  it("are two characters at least", () => {
    expect(choicesOf({ TriggerParts: [contains("/a")] })).toEqual([[["/A"]]]);
  });
});

describe("an action may match a URL", () => {
  const URL_ASKED = "HTTPS://SHOP.EXAMPLE/TICKETS";
  const HERE = contains("/tickets");
  const ELSEWHERE = contains("/sale");

  it.each<[boolean, string, readonly Trigger[]]>([
    [true, "where the literals of all parts are in it", [{ TriggerParts: [HERE, contains("shop")] }]],
    [false, "not where one of them is missing", [{ TriggerParts: [HERE, ELSEWHERE] }]],
    [true, "where one part of an or is in it", [{ LogicalOperator: "Or", TriggerParts: [ELSEWHERE, HERE] }]],
    [false, "not where no part of an or is", [{ LogicalOperator: "Or", TriggerParts: [ELSEWHERE] }]],
    [true, "where any of its triggers may hold", [{ TriggerParts: [ELSEWHERE] }, { TriggerParts: [HERE] }]],
    [
      true,
      "where one of several literals is in it",
      [{ TriggerParts: [{ ...HERE, Operator: "ContainsAny", ValuesToCompare: ["/sale", "/tickets"] }] }],
    ],
  ])("%s: %s", (expected, _when, triggers) => {
    expect(may(URL_ASKED, ...triggers)).toBe(expected);
  });
});

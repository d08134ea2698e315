import { describe, expect, it } from "vitest";
import { diffOf } from "../../../infra/configuration/diff.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { actionOn, configurationOf, type TestAction } from "../../worker/support/configurations.ts";

const diff = (before: readonly TestAction[], after: readonly TestAction[]) => {
  const json = (actions: readonly TestAction[]) => ({ json: JSON.stringify(configurationOf(...actions)) });
  const { lines, lostActions } = diffOf(json(before), json(after));
  return { lines: lines.map(plainText), lostActions };
};
const sale = actionOn("/sale", { Name: "Sale", EventId: "sale1" });
const help = actionOn("/help", { Name: "Help", ActionType: "Ignore" });

describe("the difference of two configurations", () => {
  it("is nothing where they say the same", () => {
    expect(diff([sale, help], [sale, help])).toEqual({ lines: [], lostActions: [] });
  });

  it("has an action that was only renamed as such, and loses nobody", () => {
    expect(diff([sale, help], [{ ...sale, Name: "Big sale" }, help])).toEqual({
      lines: ["Action Sale is now called Big sale"],
      lostActions: [],
    });
  });

  it("has an action that was renamed and changed", () => {
    const { lines } = diff([sale], [{ ...sale, Name: "Big sale", CookieValidityMinute: 5 }]);
    expect(lines).toEqual([
      "Action Sale is now called Big sale",
      "Action Big sale, CookieValidityMinute: 20 → 5",
    ]);
  });

  it("has the order of the actions", () => {
    expect(diff([sale, help], [help, sale]).lines).toEqual([
      "The order of the actions changes, and the first that matches counts: Help, Sale",
    ]);
  });

  it("names who makes nobody queue any more", () => {
    expect(diff([sale], [{ ...sale, ActionType: "Ignore" }]).lostActions).toEqual(["Sale"]);
  });
});

import { describe, expect, it } from "vitest";
import { earlierEnvironments, type Known } from "../../../infra/init/earlier-environments.ts";

const staging: Known = { name: "staging" };
const qa: Known = { name: "qa", promotedFrom: "staging" };
const production: Known = { name: "production", promotedFrom: "staging" };

describe("the environment that a new one is promoted from", () => {
  it.each<[string, string, readonly Known[], string | false | undefined]>([
    ["none, where it is the first", "staging", [], false],
    ["the only one before it", "production", [staging], "staging"],
    ["the end of a chain", "production", [staging, qa], "qa"],
    ["the same that another one's is", "live-no", [staging, { ...production, name: "live-dk" }], "staging"],
    ["none, where it comes before the others", "staging", [production], false],
    ["none, where the only other is the last", "preview", [{ name: "production" }], false],
    ["not to be guessed, where there are several", "production", [staging, { name: "test" }], undefined],
  ])("is %s", (_, name, all, usual) => {
    expect(earlierEnvironments(name, all).usual).toBe(usual);
  });

  it("is none that would make a circle", () => {
    expect(earlierEnvironments("staging", [staging, qa, { name: "test" }]).possible).toEqual(["test"]);
  });
});

import { describe, expect, it } from "vitest";
import { confirmed } from "../../../infra/console/confirmed.ts";

/** Answers one question after the other, and whatever comes after them with the last. */
function answering(...answers: readonly string[]) {
  const asked: string[] = [];
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(answers[asked.length - 1] ?? answers.at(-1) ?? "");
  };
  return { asked, ask };
}

describe("a question that is answered with yes or no", () => {
  it.each([
    ["y", true],
    ["YES", true],
    [" yes ", true],
    ["n", false],
    ["No", false],
    ["", false],
  ])("takes %j for %s at once", async (answer, meant) => {
    const { asked, ask } = answering(answer);
    expect(await confirmed(ask, "Deploy exactly this plan?")).toBe(meant);
    expect(asked).toEqual(["Deploy exactly this plan? (y/N)"]);
  });

  it("is asked again after a typo, so that the plan is not lost", async () => {
    const { asked, ask } = answering("tes", "yes");
    expect(await confirmed(ask, "Deploy?")).toBe(true);
    expect(asked[1]).toContain("Please answer yes or no.");
  });

  it.each(["yikes", "yesno", "nope", "deploy"])("does not take %j for either", async (answer) => {
    const { asked, ask } = answering(answer);
    expect(await confirmed(ask, "Deploy?")).toBe(false);
    expect(asked).toHaveLength(3);
  });
});

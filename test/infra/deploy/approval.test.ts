import { describe, expect, it } from "vitest";
import type { Console } from "../../../infra/console/console.ts";
import { requireApproval } from "../../../infra/deploy/approval.ts";

const plan = { digest: "d".repeat(64), changes: [] };

function consoleOf(canAsk: boolean): Console {
  return {
    print: () => undefined,
    say: () => undefined,
    progress: () => undefined,
    canAsk: () => canAsk,
    confirm: () => Promise.resolve(false),
    ask: () => Promise.resolve(""),
  };
}

describe("a plan that nobody wants", () => {
  it("is not applied, and a terminal is told nothing about terminals", async () => {
    const asked = requireApproval(plan, { reviewed: undefined, yes: false }, consoleOf(true), "Deploy");
    await expect(asked).rejects.toThrow(/^The answer was not yes, so nothing was changed\.(?!.*--yes)/);
  });

  it("is not applied where nobody can be asked, and the way to say yes is told", async () => {
    const asked = requireApproval(plan, { reviewed: undefined, yes: false }, consoleOf(false), "Deploy");
    await expect(asked).rejects.toThrow(`Add --yes, preferably with --reviewed ${plan.digest}`);
  });
});

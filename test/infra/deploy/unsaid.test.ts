import { describe, expect, it } from "vitest";
import { unsaid } from "../../../infra/deploy/unsaid.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { recordedPlan } from "../plan/plans.ts";

const STOPPED = reviewPlan(recordedPlan("condition-failed"), {});
const REASON = "production only gets a bundle that staging runs";

describe("what Terraform says of a plan that stopped", () => {
  it("is not said again where the report has it", () => {
    expect(unsaid(`Resource precondition failed (a.b): ${REASON}`, STOPPED)).toBe("");
  });

  it("is said where the report has nothing of it", () => {
    const failure = `Resource precondition failed: ${REASON}\nInvalid provider: no token`;
    expect(unsaid(failure, STOPPED)).toBe("Invalid provider: no token");
  });

  it("is said whole where nothing is known", () => {
    expect(unsaid("Invalid provider: no token", reviewPlan(recordedPlan("noop"), {}))).toBe(
      "Invalid provider: no token",
    );
  });
});

import { describe, expect, it } from "vitest";
import { jsonReport } from "../../../infra/plan/report/json.ts";
import { markdownReport } from "../../../infra/plan/report/markdown.ts";
import { terminalReport } from "../../../infra/plan/report/terminal.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { faultsInOutput } from "../formats/validator.ts";
import { planPath, RECORDED, RECORDED_SECRETS, recordedPlan } from "./plans.ts";

const CONTEXT = {
  environment: "staging",
  coverage: {
    protected: ["https://shop.staging.example.com/tickets"],
    bypassed: ["https://shop.staging.example.com/static/app.js"],
  },
  planKey: "fake-plan-key",
};

// To accept changed reports after reading them: npx vitest run test/infra/plan/golden.test.ts -u
describe.each(RECORDED)("the recorded plan %s", (name) => {
  it("reads like its golden reports", async () => {
    const review = reviewPlan(recordedPlan(name), CONTEXT);
    await expect(terminalReport(review)).toMatchFileSnapshot(planPath(`${name}.report.txt`));
    await expect(markdownReport(review)).toMatchFileSnapshot(planPath(`${name}.report.md`));
  });

  it("shows no secret in any format, with a key or without", () => {
    for (const context of [CONTEXT, {}]) {
      const review = reviewPlan(recordedPlan(name), context);
      const reports = [
        terminalReport(review, { colours: true, columns: 80 }),
        terminalReport(review),
        markdownReport(review),
        jsonReport(review),
        JSON.stringify(review),
      ];
      for (const secret of RECORDED_SECRETS) expect(reports.join("\n")).not.toContain(secret);
    }
  });

  it("has the format that is promised to programs", () => {
    for (const context of [CONTEXT, {}]) {
      expect(faultsInOutput(jsonReport(reviewPlan(recordedPlan(name), context)))).toEqual([]);
    }
  });

  it("fits into 80 columns", () => {
    const lines = terminalReport(reviewPlan(recordedPlan(name), CONTEXT)).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

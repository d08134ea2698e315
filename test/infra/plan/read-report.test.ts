import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readReviewed } from "../../../infra/deploy/reviewed.ts";
import { jsonReport } from "../../../infra/plan/report/json.ts";
import { parsePlanReport } from "../../../infra/plan/report/read-report.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { RECORDED, recordedPlan } from "./plans.ts";

it.each(RECORDED)("the report of %s is read alike by a deploy and a pull request", async (name) => {
  const written = jsonReport(reviewPlan(recordedPlan(name), { environment: "staging" }));
  const file = join(await mkdtemp(join(tmpdir(), "test-report-")), "report.json");
  await writeFile(file, written);
  const { digest, changes } = parsePlanReport(written, "staging");
  expect(await readReviewed(file)).toEqual({
    digest,
    changes: changes.map(({ effect, text }) => `${effect}: ${text}`),
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../../infra/errors/user-error.ts";
import { jsonReport } from "../../../infra/plan/report/json.ts";
import { markdownReport } from "../../../infra/plan/report/markdown.ts";
import { terminalReport } from "../../../infra/plan/report/terminal.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { runs } from "../../support/runs.ts";
import { RECORDED, RECORDED_SECRETS, recordedPlan } from "./plans.ts";

const COVERAGE = { protected: ["https://shop.staging.example.com/tickets"] };

/** Everything that could be seen of a plan: its reports, or why it was refused. */
function seen(text: string): string {
  try {
    const review = reviewPlan(text, { coverage: COVERAGE });
    return [
      terminalReport(review, { colours: true, columns: 80 }),
      markdownReport(review),
      jsonReport(review),
      JSON.stringify(review),
    ].join("\n");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

/** Puts a text where the leaf with this number is, or in front of the name of that leaf. */
function planted(value: unknown, where: { count: number }, plant: string, asName: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => planted(item, where, plant, asName));
  if (typeof value !== "object" || value === null) return where.count-- === 0 && !asName ? plant : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isHere = asName && where.count === 0 && (typeof inner !== "object" || inner === null);
      return [isHere ? plant : name, planted(inner, where, plant, asName)];
    }),
  );
}

function leaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + leaves(inner), 0);
}

describe.each(RECORDED)("the recorded plan %s", (name) => {
  const { variables, ...plan } = JSON.parse(recordedPlan(name)) as { variables: object };

  it.each(RECORDED_SECRETS)("shows no %s, wherever else it turns up", (secret) => {
    const variable = { queueit_secret_key: { value: secret }, k: { value: secret } };
    fc.assert(
      fc.property(
        fc.nat(leaves(plan) - 1),
        fc.boolean(),
        fc.constantFrom("", "https://x.dk/"),
        (count, asName, prefix) => {
          const plan2 = planted(plan, { count }, prefix + secret, asName) as object;
          expect(seen(JSON.stringify({ ...plan2, variables: { ...variables, ...variable } }))).not.toContain(
            secret,
          );
        },
      ),
      { numRuns: runs(5, 25) },
    );
  });
});

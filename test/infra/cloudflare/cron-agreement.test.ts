import fc from "fast-check";
import { expect, it } from "vitest";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { CloudflareError } from "../../../infra/local/cloudflare/account/refusals.ts";
import { problemsOf } from "../environments/problems.ts";
import { SOUND } from "../environments/sound-environment.ts";
import { ACCOUNT_ID, moduleWorker } from "../local/cloudflare/worker-sources.ts";

const number = fc.oneof(fc.integer({ min: 1, max: 7 }), fc.nat({ max: 62 })).map(String);
const special = fc.constantFrom("L", "LW", "15W", "L-3", "6L", "friL", "2#1", "SUN", "jan", "Dec", "?", "");
const value = fc.oneof({ weight: 4, arbitrary: number }, { weight: 1, arbitrary: special });
const item = fc
  .tuple(value, fc.option(value), fc.option(number))
  .map(([from, to, step]) => `${from}${to === null ? "" : `-${to}`}${step === null ? "" : `/${step}`}`);
const field = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("*", "*/5") },
  { weight: 4, arbitrary: value },
  { weight: 2, arbitrary: item },
  { weight: 1, arbitrary: fc.array(item, { maxLength: 3 }).map((items) => items.join(",")) },
);
const fields = fc.array(field, { minLength: 5, maxLength: 5 });
const blank = fc.oneof(
  { weight: 9, arbitrary: fc.constant(" ") },
  fc.constantFrom("  ", "\t", "\n", "\u00a0"),
);
const expression = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(fields, blank).map(([texts, space]) => texts.join(space)) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
);

it("validation and the local Cloudflare take the same expressions", async () => {
  const account = new LocalAccount(ACCOUNT_ID);
  await account.putScript(moduleWorker("return new Response()"));
  const localVerdict = async (cron: string) => {
    try {
      await account.putSchedules("shop", [cron]);
      return "taken";
    } catch (error) {
      expect(error).toBeInstanceOf(CloudflareError);
      return "refused";
    }
  };
  const seen = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(expression, async (cron) => {
      const verdict = await localVerdict(cron);
      seen[verdict]++;
      const problems = problemsOf({ ...SOUND, integrationConfiguration: { owner: "pull", cron } });
      expect(problems).toEqual(
        verdict === "taken" ? [] : ["error staging integrationConfiguration.cron cron"],
      );
    }),
    { numRuns: 500 },
  );
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(50);
});

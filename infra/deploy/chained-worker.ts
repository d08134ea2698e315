import { readFile } from "node:fs/promises";
import { CHAINED_WORKER_BINDING } from "../../worker/deployment/variables.ts";
import { UserError } from "../errors/user-error.ts";
import type { Review } from "../plan/review.ts";
import { plainText } from "../plan/sentence.ts";
import { chainedWorkerOf } from "../specification/named-workers.ts";
import type { Target } from "../specification/target.ts";

/**
 * Makes sure of what a chained Worker needs, before anything is changed: that it is in the account, and that the bundle
 * knows how to call it. One that was kept from the time before chaining would pass requests to the origin, past it.
 *
 * @throws UserError when one of the two is not so.
 */
export async function requireChainable({ spec }: Target, { risks }: Review): Promise<void> {
  const { environment, worker } = spec;
  const missing = risks.filter(({ rule }) => rule === "named-worker-missing");
  if (missing.length > 0) {
    const what = missing.map(({ title }) => plainText(title)).join("; ");
    throw new UserError(
      "named-worker-missing",
      `Nothing was changed. ${what}. Deploy that Worker first, with its own tool and to the account ` +
        `${spec.accountId}, or correct its name in infra/environments/${environment}.ts; then run this again.`,
    );
  }
  const chained = chainedWorkerOf(worker);
  if (chained === undefined) return;
  const source = await readFile(worker.file.path, "utf8");
  if (source.includes(CHAINED_WORKER_BINDING)) return;
  throw new UserError(
    "bundle-without-chaining",
    `Nothing was changed. The bundle ${worker.file.sha256.slice(0, 12)} is older than chaining: it would pass requests to ` +
      `the origin, past the Worker ${chained} that worker.then of infra/environments/${environment}.ts names. Choose a ` +
      "newer bundle (for a rollback with --to; for a promotion, deploy the earlier environment from this checkout first), " +
      "or remove then for as long as this bundle has to run.",
  );
}

import { chainedWorkerIn, type Deployment } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A Worker of the shop's own that the plan relies on, and that the account does not have. */
export const namedWorkerMissing: RiskRule = ({ after, context: { accountWorkers } }) => {
  const named = namedIn(after);
  if (accountWorkers === undefined || named.size === 0) return [];
  if (typeof accountWorkers === "string") {
    return [
      {
        rule: "workers-not-read",
        level: "low",
        title: sentence`Not tried: whether the account has the Worker ${[...named].join(", ")}`,
        explanation: `The account's Workers were not read: ${accountWorkers}`,
        remedy:
          "Set CLOUDFLARE_API_TOKEN to a token that may read them (Account · Workers Scripts · Read), then plan again.",
      },
    ];
  }
  return [...named]
    .filter((name) => !accountWorkers.includes(name))
    .map((name) => ({
      rule: "named-worker-missing",
      level: "high",
      title: sentence`The account has no Worker ${name}, which the environment names`,
      explanation:
        "Cloudflare refuses a connector that is bound to it (code 10143) and a route to it (code 10019): the deploy " +
        "would stop halfway.",
      remedy: "Deploy that Worker first, or correct its name in worker.then or bypass of the environment.",
    }));
};

/** Names of Workers that others deploy; the plan's own are there when they are needed. */
function namedIn({ workers, routes }: Deployment): ReadonlySet<string> {
  const own = new Set(workers.map(({ name }) => name));
  const named = [...workers.map(chainedWorkerIn), ...routes.map(({ worker }) => worker)];
  return new Set(named.filter((name) => name !== undefined && !own.has(name)) as string[]);
}

import type { ConnectorSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { LocalRuntime } from "../cloudflare/runtime/runtime.ts";
import type { Delivery, FetchResult } from "../dashboard/options.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import { isDeployed } from "./deployed.ts";
import { heldConfiguration } from "./held-configuration.ts";

export interface DeliveryParts {
  readonly account: LocalAccount;
  readonly runtime: Pick<LocalRuntime, "runScheduled">;
  readonly queueIt: Pick<LocalQueueIt, "getConfiguration" | "getVersion">;
}

/** How an environment's Worker gets its integration configuration, for the dashboard. */
export function deliveryOf(spec: ConnectorSpec, parts: DeliveryParts): Delivery {
  const { environment, configuration } = spec;
  if (configuration.owner !== "pull") return { environment, owner: configuration.owner };
  const { cron } = configuration;
  let last: FetchResult | undefined;
  return {
    environment,
    owner: "pull",
    cron,
    fetchNow: async () => {
      last = await fetchNow(spec, cron, parts);
      return last;
    },
    lastFetch: () => last,
  };
}

async function fetchNow(
  spec: ConnectorSpec,
  cron: string,
  { account, runtime, queueIt }: DeliveryParts,
): Promise<FetchResult> {
  const [version, wanted] = [queueIt.getVersion(), queueIt.getConfiguration()];
  const problem = await problemOfFetch();
  return { at: Date.now(), version, problem };

  async function problemOfFetch(): Promise<string | undefined> {
    if (!isDeployed(account, spec)) return "It is not deployed: deploy it, then fetch again.";
    try {
      await runtime.runScheduled(spec.worker.name, cron);
    } catch (error) {
      return `Its scheduled handler failed: ${error instanceof Error ? error.message : String(error)} ${IN_LOG}`;
    }
    // The Worker keeps a failed fetch to its log: what it holds is what counts.
    return (await heldConfiguration(account, spec)) === wanted ? undefined : `It was not accepted. ${IN_LOG}`;
  }
}

const IN_LOG =
  "The Worker’s log says why, in the terminal where this was started: fix that, then fetch again. Without a line there, what is deployed does not fetch: deploy the environment again.";

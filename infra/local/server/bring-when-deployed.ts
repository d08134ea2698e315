import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { WorkerLog } from "../cloudflare/runtime/generation.ts";
import type { LocalRuntime } from "../cloudflare/runtime/runtime.ts";
import { bringConfiguration } from "./bring-configuration.ts";
import type { Customer } from "./customer.ts";
import { isDeployed } from "./deployed.ts";

export interface BringOptions {
  readonly customers: readonly Customer[];
  readonly account: LocalAccount;
  readonly runtime: LocalRuntime;
  readonly log: (line: WorkerLog) => void;
}

/**
 * Brings every environment its integration configuration as soon as its Worker has its route, the way its owner does.
 * The returned function looks for new ones; call it whenever the account may have changed.
 */
export function bringWhenDeployed({ customers, account, runtime, log }: BringOptions): () => Promise<void> {
  let deployed: ReadonlySet<string> = new Set();
  return async () => {
    const before = deployed;
    const environments = customers.flatMap(({ environments, queueIt }) =>
      environments.filter(({ spec }) => isDeployed(account, spec)).map(({ spec }) => ({ spec, queueIt })),
    );
    deployed = new Set(environments.map(({ spec }) => spec.environment));
    for (const { spec, queueIt } of environments) {
      if (before.has(spec.environment)) continue;
      try {
        const { how, warning } = await bringConfiguration(spec, { queueIt, runtime, account });
        log({ level: "info", message: `${spec.environment}: integration configuration ${how}` });
        if (warning !== undefined) log({ level: "warn", message: `${spec.environment}: ${warning}` });
      } catch (error) {
        // The deploy stands; what is wrong with the configuration is for the person in front of it.
        const reason = error instanceof Error ? error.message : String(error);
        log({ level: "error", message: `${spec.environment}: ${reason}` });
      }
    }
  };
}

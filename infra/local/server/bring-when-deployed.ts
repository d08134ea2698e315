import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { LocalRuntime } from "../cloudflare/runtime/runtime.ts";
import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";
import { type BroughtConfiguration, bringConfiguration } from "./bring-configuration.ts";
import type { Customer } from "./customer.ts";
import { isDeployed } from "./deployed.ts";

/** What came of bringing a deployed environment its integration configuration. */
export type Brought =
  | { readonly ok: true; readonly environment: string; readonly configuration: BroughtConfiguration }
  | { readonly ok: false; readonly environment: string; readonly error: unknown };

export interface BringOptions {
  readonly customers: readonly Customer[];
  readonly account: LocalAccount;
  readonly runtime: LocalRuntime;
  readonly onBrought: (brought: Brought) => void;
}

/**
 * How the account may have changed: somebody changed it, or it was put back as it was before, with the integration
 * configurations that it had then.
 */
export type AccountChange = "changed" | "put-back";

/**
 * Brings every environment its integration configuration as soon as its Worker has its route, the way its
 * owner does. The returned function looks for new ones; call it whenever the account may have changed. It
 * never rejects: the deploy stands, and what is wrong with the configuration is told apart.
 */
export function bringWhenDeployed(options: BringOptions): (change?: AccountChange) => Promise<void> {
  const { customers, account, runtime, onBrought } = options;
  let deployed: ReadonlySet<string> = new Set();
  return async (change = "changed") => {
    const before = deployed;
    const environments = customers.flatMap(({ environments, queueIt }) =>
      environments.filter(({ spec }) => isDeployed(account, spec)).map(({ spec }) => ({ spec, queueIt })),
    );
    deployed = new Set(environments.map(({ spec }) => spec.environment));
    if (change === "put-back") return;
    for (const { spec, queueIt } of environments) {
      const { environment } = spec;
      if (before.has(environment)) continue;
      try {
        const configuration = await bringConfiguration(spec, { queueIt, runtime, account });
        onBrought({ ok: true, environment, configuration });
      } catch (error) {
        onBrought({ ok: false, environment, error });
      }
    }
  };
}

/** Writes it to the log, for the person in front of it. */
export function writeBrought(brought: Brought, log: (line: WorkerLog) => void): void {
  const { environment } = brought;
  if (brought.ok) {
    const { how, warning } = brought.configuration;
    log({ level: "info", message: `${environment}: integration configuration ${how}` });
    if (warning !== undefined) log({ level: "warn", message: `${environment}: ${warning}` });
    return;
  }
  const { error } = brought;
  const reason = error instanceof Error ? error.message : String(error);
  log({ level: "error", message: `${environment}: ${reason}` });
}

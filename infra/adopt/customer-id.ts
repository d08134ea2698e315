import { z } from "zod";
import { VARIABLES } from "../../worker/deployment/variables.ts";
import type { DeployedWorker } from "../account/deployed-worker.ts";
import { jsonOf } from "../json/json-of.ts";
import { pastedCustomerId } from "./pasted-secrets.ts";
import type { FoundNames } from "./worker-names.ts";

export interface CustomerIdSources {
  readonly names: FoundNames;
  readonly worker: Pick<DeployedWorker, "files">;
  /** The integration configuration as text. */
  readonly configuration: string | undefined;
}

const told = z.object({
  CustomerId: z.string().optional().catch(undefined),
  Integrations: z
    .array(z.object({ QueueDomain: z.string().nullish().catch(undefined) }))
    .nullish()
    .catch(undefined),
});

/**
 * Queue-it's customer id: the Worker's variable, or what its source or the configuration say. Undefined where
 * nothing says it, or the waiting rooms are of several customers.
 */
export function customerIdOf({ names, worker, configuration }: CustomerIdSources): string | undefined {
  const variable = names.get(VARIABLES.customerId)?.text;
  return variable ?? pastedCustomerId(worker) ?? configuredCustomerId(configuration);
}

function configuredCustomerId(configuration: string | undefined): string | undefined {
  const read = told.safeParse(jsonOf(configuration ?? "")).data;
  if (read?.CustomerId !== undefined) return read.CustomerId;
  const domains = (read?.Integrations ?? []).flatMap(
    ({ QueueDomain }) => /^([a-z0-9-]+)\.queue-it\.net$/i.exec(QueueDomain ?? "")?.[1]?.toLowerCase() ?? [],
  );
  const [first, ...others] = new Set(domains);
  return others.length === 0 ? first : undefined;
}

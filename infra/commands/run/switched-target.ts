import { CONFIGURATION_BINDING, VARIABLES } from "../../../worker/deployment/variables.ts";
import { seeConnector } from "../../account/read-switches.ts";
import type { CloudflareAccess } from "../../account/read-api.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { SettledWorker } from "../../environments/definition/settled-environment.ts";
import type { Switches } from "../../specification/switches.ts";
import type { Target } from "../../specification/target.ts";
import { withSwitches } from "../../specification/with-switches.ts";

/** The target as it has to be planned, deployed and asked while something of it is switched. */
export async function switchedTarget(target: Target, access: CloudflareAccess): Promise<Target> {
  const { worker } = settled(target.named);
  const switches = await switchesOf(target, access);
  return { ...target, spec: withSwitches(target.spec, switches, failureVariableOf(worker)) };
}

/** What of a target is switched, with the secrets of this process hidden. @throws UserError when Cloudflare does not tell. */
export async function switchesOf({ spec, named }: Target, access: CloudflareAccess): Promise<Switches> {
  const { worker } = settled(named);
  const zones = new Map(spec.routes.map(({ zone }) => [JSON.stringify(zone), zone]));
  const { switches } = await seeConnector(
    {
      accountId: spec.accountId,
      worker: spec.worker.name,
      zones: [...zones.values()],
      binding: kvBindingOf(worker),
      title: spec.namespace.title,
      failureVariable: failureVariableOf(worker),
    },
    access,
  );
  return deepWithoutSecrets(switches) as Switches;
}

/** What a Worker calls its KV namespace. */
export function kvBindingOf(worker: SettledWorker): string {
  return worker.source === "file" ? worker.names[CONFIGURATION_BINDING] : CONFIGURATION_BINDING;
}

/** What a Worker calls the variable that says how it fails. */
export function failureVariableOf(worker: SettledWorker): string {
  return worker.source === "file" ? worker.names[VARIABLES.failureMode] : VARIABLES.failureMode;
}

import { CONFIGURATION_BINDING, VARIABLES } from "../../worker/deployment/variables.ts";
import { settled } from "../environments/definition/settled.ts";
import type { SettledWorker } from "../environments/definition/settled-environment.ts";
import type { Target } from "../specification/target.ts";
import type { ConnectorPlace } from "./read-switches.ts";

/** Where the connector of a target is, by the names of its file. */
export function connectorPlace({ spec, named }: Target): ConnectorPlace {
  const { worker } = settled(named);
  const zones = new Map(spec.routes.map(({ zone }) => [JSON.stringify(zone), zone]));
  return {
    accountId: spec.accountId,
    worker: spec.worker.name,
    zones: [...zones.values()],
    binding: kvBindingOf(worker),
    title: spec.namespace.title,
    failureVariable: failureVariableOf(worker),
  };
}

/** What a Worker calls its KV namespace. */
export function kvBindingOf(worker: SettledWorker): string {
  return worker.source === "file" ? worker.names[CONFIGURATION_BINDING] : CONFIGURATION_BINDING;
}

/** What a Worker calls the variable that says how it fails. */
export function failureVariableOf(worker: SettledWorker): string {
  return worker.source === "file" ? worker.names[VARIABLES.failureMode] : VARIABLES.failureMode;
}

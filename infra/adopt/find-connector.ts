import type { AccountInventory } from "../account/account-inventory.ts";
import type { DeployedWorker } from "../account/deployed-worker.ts";
import { connectorMarks } from "./connector-marks.ts";

/** A Worker that looks like a connector, and why. */
export interface Candidate {
  readonly worker: DeployedWorker;
  readonly marks: readonly string[];
  /** Patterns of the routes that lead to it. */
  readonly patterns: readonly string[];
}

/**
 * Names of the Workers that may be a connector: those that routes lead to, first those with most routes. Without
 * any, all Workers of the account.
 */
export function workersToLookAt({ zones, workers }: AccountInventory): readonly string[] {
  const counts = new Map<string, number>();
  for (const { script } of zones.flatMap(({ routes }) => routes)) {
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  const known = new Set(workers.map(({ name }) => name));
  const routed = [...counts].filter(([name]) => known.has(name)).sort(([, a], [, b]) => b - a);
  return routed.length > 0 ? routed.map(([name]) => name) : [...known];
}

/** Those of the Workers that are a Queue-it connector. */
export function candidatesOf(
  workers: readonly DeployedWorker[],
  { zones }: AccountInventory,
): readonly Candidate[] {
  const routes = zones.flatMap((zone) => zone.routes);
  return workers.flatMap((worker) => {
    const marks = connectorMarks(worker);
    const patterns = routes.filter(({ script }) => script === worker.name).map(({ pattern }) => pattern);
    return marks.length === 0 ? [] : [{ worker, marks, patterns }];
  });
}

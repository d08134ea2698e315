import type { ConnectorSpec, RouteSpec } from "./specification.ts";

/** A Worker of somebody else that a deployment needs, and for what. */
export interface NamedWorker {
  readonly name: string;
  readonly use: "answers passed requests" | "answers a bypass";
  /** Of a bypass. */
  readonly pattern?: string;
}

/** Workers that have to be in the account before the deploy: the chained one, and those of bypasses. */
export function namedWorkers({
  worker,
  routes,
}: {
  readonly worker: Pick<ConnectorSpec["worker"], "bindings">;
  readonly routes: ConnectorSpec["routes"];
}): readonly NamedWorker[] {
  return [
    ...worker.bindings.flatMap((binding) =>
      binding.type === "service" ? [{ name: binding.service, use: "answers passed requests" as const }] : [],
    ),
    ...routes.flatMap(({ pattern, worker: name }) =>
      name === undefined ? [] : [{ name, use: "answers a bypass" as const, pattern }],
    ),
  ];
}

/** Name of the Worker that passed requests go to; undefined where that is the origin. */
export function chainedWorkerOf({ bindings }: Pick<ConnectorSpec["worker"], "bindings">): string | undefined {
  return bindings.flatMap((binding) => (binding.type === "service" ? [binding.service] : []))[0];
}

/** A route's pattern, with the other Worker that it goes to. */
export function routeWords({ pattern, worker }: RouteSpec): string {
  return worker === undefined ? pattern : `${pattern} (to the Worker ${worker})`;
}

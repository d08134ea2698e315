import type { ConnectorSpec, RouteSpec } from "./specification.ts";
import { chainedWorkerOf } from "./named-workers.ts";
import { hostOf, type Switches, type SwitchedSite } from "./switches.ts";

/** Name of the Worker that a route of the environment leads to, `own` for its own; undefined for none. */
export function scriptOf<Own>(
  { kind, isOff, worker }: Pick<RouteSpec, "kind" | "isOff" | "worker">,
  own: Own,
): Own | string | undefined {
  return kind === "protect" && isOff !== true ? own : worker;
}

/**
 * The specification as it has to be deployed while something is switched, so that no deploy turns it on or off by the
 * way: what leads to no Worker goes on so, what is new on such a host begins so, and the Worker fails as it does now.
 *
 * @param failureVariable What this environment's Worker calls the variable.
 */
export function withSwitches(
  spec: ConnectorSpec,
  switches: Switches,
  failureVariable: string,
): ConnectorSpec {
  const { failure, sites } = switches;
  const { worker } = spec;
  // What a protected route becomes: its pages are the chained Worker's, where there is one.
  const behind = chainedWorkerOf(worker);
  const off = { isOff: true, ...(behind !== undefined && { worker: behind }) };
  return {
    ...spec,
    switches,
    routes: spec.routes.map((route) =>
      route.kind === "protect" && sites.some((site) => keepsOff(site, route.pattern))
        ? { ...route, ...off }
        : route,
    ),
    worker: {
      ...worker,
      bindings: worker.bindings.map((binding) =>
        failure !== undefined && binding.type === "plain_text" && binding.name === failureVariable
          ? { ...binding, text: failure.mode }
          : binding,
      ),
    },
  };
}

/**
 * Where all routes of a host lead to its Worker still, nothing is off, and nothing new begins so. A note that cannot be
 * read names no route: what does not lead to the Worker is off then.
 */
function keepsOff({ host, routes, leading }: SwitchedSite, pattern: string): boolean {
  const isOff =
    routes.length === 0 ? leading.length === 0 : routes.some((route) => !leading.includes(route.pattern));
  return isOff && host === hostOf(pattern) && !leading.includes(pattern);
}

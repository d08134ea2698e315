import type { ConnectorSpec, RouteSpec } from "./specification.ts";
import { hostOf, type Switches, type SwitchedSite } from "./switches.ts";

/**
 * Name of the Worker that a route of the environment leads to; undefined for none. The one place that says what a
 * protected route becomes while its site is switched off.
 */
export function scriptOf<Name>(
  { kind, isOff }: Pick<RouteSpec, "kind" | "isOff">,
  worker: Name,
): Name | undefined {
  return kind === "protect" && isOff !== true ? worker : undefined;
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
  return {
    ...spec,
    switches,
    routes: spec.routes.map((route) =>
      route.kind === "protect" && sites.some((site) => keepsOff(site, route.pattern))
        ? { ...route, isOff: true }
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

/** Where all routes of a host lead to its Worker still, nothing is off, and nothing new begins so. */
function keepsOff({ host, routes, leading }: SwitchedSite, pattern: string): boolean {
  const isOff = routes.some((route) => !leading.includes(route.pattern));
  return isOff && host === hostOf(pattern) && !leading.includes(pattern);
}

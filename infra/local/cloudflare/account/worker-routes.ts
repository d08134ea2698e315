import { refusals } from "./refusals.ts";
import type { Route, Zone } from "./model.ts";
import { newId } from "./new-id.ts";
import { assertPatternAllowed } from "./route-rules.ts";

/** What a route may refer to. */
export interface RouteSurroundings {
  readonly zone: (id: string) => Zone | undefined;
  readonly hasScript: (name: string) => boolean;
}

/** The routes of an account. Every method throws CloudflareError when Cloudflare would refuse. */
export class WorkerRoutes {
  readonly #surroundings: RouteSurroundings;
  #routes: readonly Route[];

  constructor(surroundings: RouteSurroundings, routes: readonly Route[] = []) {
    this.#surroundings = surroundings;
    this.#routes = routes;
  }

  /** A new array after every change, so that readers can keep what they derived from it. */
  get all(): readonly Route[] {
    return this.#routes;
  }

  create(zoneId: string, pattern: string, script: string | undefined): Route {
    const route = this.#allowed({ id: newId(), zoneId, pattern, script });
    this.#routes = withinLimit([...this.#routes, route]);
    return route;
  }

  replace(id: string, pattern: string, script: string | undefined): Route {
    const before = this.#routes.find((candidate) => candidate.id === id);
    if (before === undefined) throw refusals.routeNotFound();
    const route = this.#allowed({ ...before, pattern, script });
    this.#routes = this.#routes.map((candidate) => (candidate.id === id ? route : candidate));
    return route;
  }

  delete(id: string): void {
    const others = this.#routes.filter((candidate) => candidate.id !== id);
    if (others.length === this.#routes.length) throw refusals.routeNotFound();
    this.#routes = others;
  }

  /**
   * Makes these routes, and no others, lead to the Worker. One that does already keeps its id, however its
   * pattern is written. When one is refused, nothing changes.
   */
  setOf(script: string, wanted: readonly Pick<Route, "zoneId" | "pattern">[]): readonly Route[] {
    const before = this.#routes;
    const own = before.filter((route) => route.script === script);
    this.#routes = before.filter((route) => route.script !== script);
    try {
      const set = new Map<string, Route>();
      for (const { zoneId, pattern } of wanted) {
        const route = this.#allowed({ id: newId(), zoneId, pattern, script });
        set.set(route.pattern, own.find((known) => known.pattern === route.pattern) ?? route);
      }
      this.#routes = withinLimit([...this.#routes, ...set.values()]);
      return [...set.values()];
    } catch (error) {
      this.#routes = before;
      throw error;
    }
  }

  /** Deletes every route that leads to the Worker. */
  deleteOf(script: string): void {
    this.#routes = this.#routes.filter((route) => route.script !== script);
  }

  /** The route with its pattern as Cloudflare writes it. */
  #allowed(route: Route): Route {
    const zone = this.#surroundings.zone(route.zoneId);
    if (zone === undefined) throw refusals.zoneNotFound(route.zoneId);
    const pattern = assertPatternAllowed(route.pattern, zone);
    const taken = this.#routes.some((other) => other.id !== route.id && other.pattern === pattern.text);
    if (taken) throw refusals.routePatternTaken(pattern.text);
    if (route.script !== undefined && !this.#surroundings.hasScript(route.script)) {
      throw refusals.routeScriptNotFound();
    }
    return { ...route, pattern: pattern.text };
  }
}

/** Cloudflare's limit for a zone. */
const IN_ZONE = 1000;

function withinLimit(routes: readonly Route[]): readonly Route[] {
  const counts = new Map<string, number>();
  for (const { zoneId } of routes) {
    const count = (counts.get(zoneId) ?? 0) + 1;
    if (count > IN_ZONE) throw refusals.accountFull(`${IN_ZONE} routes in a zone`);
    counts.set(zoneId, count);
  }
  return routes;
}

import type { PlacedRoute } from "../account/placed-routes.ts";
import type { SwitchedRoute } from "../specification/switches.ts";
import { isOffRoute } from "./off-route.ts";
import type { SwitchPlace } from "./place.ts";

/** What has to be done with a route to have it back as it was, and what was found in its place. */
export type Restoration = { readonly route: SwitchedRoute } & (
  | {
      /** `found` says what is not as it was noted; undefined where all is. */
      readonly step: "write";
      readonly to: PlacedRoute;
      readonly found: string | undefined;
    }
  | { readonly step: "make"; readonly found: string }
  /** Nothing: it leads to its Worker already. */
  | { readonly step: "none"; readonly found: string | undefined }
  /** It is another's now, or is meant to be as it is: it is left alone. */
  | { readonly step: "leave"; readonly found: string; readonly isAnothers: boolean }
);

/**
 * How a route comes back, by what the zone has now. Pure.
 *
 * @param behind Name of the Worker that is behind the connector now, perhaps another than when it was switched off.
 */
export function restorationOf(
  noted: SwitchedRoute,
  routes: readonly PlacedRoute[],
  { environment, worker }: Pick<SwitchPlace, "environment" | "worker">,
  behind: string | undefined,
): Restoration {
  const meant = environment?.routes.find(({ pattern }) => pattern === noted.pattern);
  // A deploy may have given the Worker another name since, and no other Worker is to get what the file protects.
  const route = meant?.kind === "protect" ? { ...noted, script: worker } : noted;
  const leave = (found: string, isAnothers: boolean) =>
    ({ route, step: "leave", found, isAnothers }) as const;
  const inZone = routes.filter(({ zoneId }) => zoneId === route.zoneId);
  const samePattern = inZone.find(({ pattern }) => pattern === route.pattern);
  const sameId = inZone.find(({ id }) => id === route.id);
  const isOff = (one: PlacedRoute) => isOffRoute(one, route.off) || isOffRoute(one, behind);
  if (samePattern !== undefined) {
    const moved =
      route.id === undefined || samePattern.id === route.id
        ? undefined
        : `it was made anew since, and has the id ${samePattern.id} instead of ${route.id}`;
    if (samePattern.script === route.script) return { route, step: "none", found: moved };
    const isMeantBypass = meant?.kind === "bypass";
    if (!isOff(samePattern) && !(isMeantBypass && samePattern.script === meant.worker)) {
      return leave(`it leads to the Worker ${samePattern.script ?? "(none)"} now`, true);
    }
    if (isMeantBypass) return leave("it is a bypass now, by the environment's file", false);
    return { route, step: "write", to: { ...samePattern, script: route.script }, found: moved };
  }
  if (environment !== undefined && meant === undefined) {
    return leave("it is gone, and the environment's file does not name it any more", false);
  }
  if (sameId !== undefined) {
    const found = `its pattern was changed to ${sameId.pattern}`;
    if (!isOff(sameId) && sameId.script !== route.script) {
      return leave(`${found}, and it leads to the Worker ${sameId.script ?? "(none)"} now`, true);
    }
    return { route, step: "write", to: { ...sameId, pattern: route.pattern, script: route.script }, found };
  }
  // What a deploy was about to make, and did not, was never there.
  if (route.id === undefined) return leave("it was never made", false);
  return { route, step: "make", found: "it was deleted since, and gets another id" };
}

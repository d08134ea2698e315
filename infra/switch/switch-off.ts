import { writeRoute } from "../account/placed-routes.ts";
import type { PlacedRoute } from "../account/placed-routes.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { seeConnector, type SeenConnector } from "../account/read-switches.ts";
import { deleteNote, type NotesPlace, writeNote } from "../account/switch-notes.ts";
import { WriteRefused } from "../account/write-api.ts";
import { whileDoing } from "../console/interruption.ts";
import { UserError } from "../errors/user-error.ts";
import { hostOf, type SwitchedSite } from "../specification/switches.ts";
import { changeEach, unfinished } from "./change-routes.ts";
import { offRoute, workerBehind } from "./off-route.ts";
import { hostsOf, hostsOfSite, leadingRoutes, type SwitchPlace } from "./place.ts";

export interface SwitchOffOptions {
  readonly place: SwitchPlace;
  readonly access: CloudflareAccess;
  /** Hostname of the only site to switch off. Default: all. */
  readonly site?: string | undefined;
  readonly reason: string;
  readonly by: string;
  readonly now: Date;
  /** Has it confirmed, with the routes that are about to change. @throws UserError when it is not. */
  readonly confirm: (routes: readonly PlacedRoute[], already: readonly SwitchedSite[]) => Promise<void>;
}

/** What was switched off, now or before. */
export interface SwitchedOff {
  /** Changed by this call. */
  readonly routes: readonly PlacedRoute[];
  /** Every route of the hosts that is off. */
  readonly patterns: readonly string[];
  /** Switched off before, by somebody else perhaps; this call finished it where it was not. */
  readonly already: readonly SwitchedSite[];
  readonly seen: SeenConnector;
}

/**
 * Takes a connector off the pages of its sites: each route that leads to its Worker leads to none, or to the Worker that
 * is chained behind it. What it was is noted first, so that whatever happens it can be put back. Running it again finishes what was interrupted.
 *
 * @throws UserError when there is nothing to switch, it is not confirmed, or Cloudflare refuses a part of it.
 */
export async function switchOff(options: SwitchOffOptions): Promise<SwitchedOff> {
  const { place, access, confirm } = options;
  const before = requireNotes(await seeConnector(place, access), place);
  const planned = plannedOf(before, options);
  await confirm(planned.routes, planned.already);
  // A person may have taken minutes to answer.
  const seen = requireNotes(await seeConnector(place, access), place);
  const { routes, already, hosts } = plannedOf(seen, options);
  const again = `To go on from there, run the same command again; to undo it: npx queueit-cf switch on ${place.words}`;
  await whileDoing(
    `Some routes of ${place.name} may be off, and some not. What they were is noted. ${again}`,
    async () => {
      const written = await noteAll(routes, already, seen, options);
      const behind = workerBehind(seen);
      const changed = await changeEach(routes, (route) => writeRoute(offRoute(route, behind), access));
      const refused = changed.flatMap(({ item, refusal }) =>
        refusal === undefined ? [] : [{ what: item.pattern, refusal }],
      );
      if (refused.length === 0) return;
      const first = behind === undefined ? "" : `${behindText(behind)} `;
      if (refused.length === routes.length) {
        // A note of something that did not happen would be believed.
        const isTakenBack = await takeBack(seen.notes, written, access);
        const noted = isTakenBack
          ? ""
          : " What was about to happen is noted all the same: switch on takes it back.";
        throw unfinished(`No route was changed.${noted}`, refused, `${first}Then run it again.`);
      }
      const done = routes.length - refused.length;
      throw unfinished(
        `${done} of ${routes.length} routes are off, and these are not:`,
        refused,
        first + again,
      );
    },
  );
  const noted = already.flatMap((site) => site.routes.map(({ pattern }) => pattern));
  const patterns = [...new Set([...noted, ...routes.map(({ pattern }) => pattern)])];
  return { routes, patterns: patterns.filter((pattern) => hosts.includes(hostOf(pattern))), already, seen };
}

/** Cloudflare refuses a route to a Worker that was deleted, which is when somebody may be at the switch. */
function behindText(behind: string): string {
  return (
    `The pages go to the Worker ${behind}, which is behind the connector. If the account does not have it any more, deploy ` +
    `it with its own tool; or set the routes to "None" in Cloudflare's dashboard, if the origin may answer in its place.`
  );
}

interface Planned {
  readonly hosts: readonly string[];
  readonly routes: readonly PlacedRoute[];
  readonly already: readonly SwitchedSite[];
}

function plannedOf(seen: SeenConnector, { place, site }: SwitchOffOptions): Planned {
  const { sites } = seen.switches;
  const leading = leadingRoutes(seen, place);
  const hosts = hostsOfSite(place, site, [...hostsOf(leading), ...sites.map(({ host }) => host)]);
  const routes = leading.filter(({ pattern }) => hosts.includes(hostOf(pattern)));
  const already = sites.filter(({ host }) => hosts.includes(host));
  if (routes.length + already.length > 0) return { hosts, routes, already };
  throw new UserError(
    "switch-nothing",
    `No route of the ${place.zones.length === 1 ? "zone" : "zones"} leads to the Worker ${place.worker}, so there is ` +
      "nothing to switch off, and nothing was changed. Check the name of the Worker, the zone, and whether it is deployed.",
  );
}

/** Of each host what is not noted yet. @throws UserError when a note cannot be written; no route was changed then. */
async function noteAll(
  routes: readonly PlacedRoute[],
  already: readonly SwitchedSite[],
  seen: SeenConnector & { readonly notes: NotesPlace },
  { access, reason, by, now, place }: SwitchOffOptions,
): Promise<readonly string[]> {
  const { notes } = seen;
  const off = workerBehind(seen);
  const known = new Set(already.flatMap((site) => site.routes.map(({ pattern }) => pattern)));
  const written: string[] = [];
  for (const host of hostsOf(routes)) {
    const fresh = routes.filter(({ pattern }) => hostOf(pattern) === host && !known.has(pattern));
    if (fresh.length === 0) continue;
    try {
      const note = {
        ...{ kind: "off" as const, host, since: now.toISOString(), by, reason },
        routes: fresh.map(({ zoneId, id, pattern }) => ({ zoneId, id, pattern, script: place.worker, off })),
      };
      written.push(await writeNote(notes, note, access));
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
      await takeBack(notes, written, access);
      throw unfinished(
        "The note of what the routes are could not be written, so no route was changed:",
        [{ what: `the note of ${host} in KV`, refusal: error.message }],
        `Then run it again. Where KV itself is down, set the routes to "None" in Cloudflare's dashboard (Workers Routes of the zone).`,
      );
    }
  }
  return written;
}

async function takeBack(
  notes: NotesPlace,
  keys: readonly string[],
  access: CloudflareAccess,
): Promise<boolean> {
  const deleted = await changeEach(keys, (key) => deleteNote(notes, key, access));
  return deleted.every(({ refusal }) => refusal === undefined);
}

/** @throws UserError where there is no place for a note. */
export function requireNotes(
  seen: SeenConnector,
  { worker }: SwitchPlace,
): SeenConnector & { readonly notes: NotesPlace } {
  const { notes } = seen;
  if (notes !== undefined) return { ...seen, notes };
  throw new UserError(
    "switch-no-namespace",
    seen.bindings === undefined
      ? `The account has no Worker ${worker}, so nothing was changed. Check the account and the name of the Worker.`
      : `The Worker ${worker} has no KV namespace bound that is known to be a Queue-it connector's, in which the switch ` +
          "notes what it does, so nothing was changed. Check the name of the Worker. Where it has names of its own for its " +
          "bindings, or several namespaces, name the environment instead of --account, --zone and --worker.",
  );
}

import { makeRoute, type PlacedRoute, writeRoute } from "../account/placed-routes.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { seeConnector, type SeenConnector } from "../account/read-switches.ts";
import { deleteNote } from "../account/switch-notes.ts";
import { whileDoing } from "../console/interruption.ts";
import { hostOf, type SwitchedSite } from "../specification/switches.ts";
import { changeEach, unfinished } from "./change-routes.ts";
import { isOffRoute, workerBehind } from "./off-route.ts";
import { hostsOfSite, type SwitchPlace } from "./place.ts";
import { type Restoration, restorationOf } from "./restoration.ts";
import { requireNotes } from "./switch-off.ts";

export interface SwitchOnOptions {
  readonly place: SwitchPlace;
  readonly access: CloudflareAccess;
  /** Hostname of the only site to switch on. Default: all. */
  readonly site?: string | undefined;
  /** Whether the note may go though a route belongs to another Worker by now. */
  readonly leavesOthers: boolean;
  /** Has it confirmed, with what is about to be done. @throws UserError when it is not. */
  readonly confirm: (sites: readonly SwitchedSite[], restorations: readonly Restoration[]) => Promise<void>;
}

export interface SwitchedOn {
  /** What was switched off; none where nothing was. */
  readonly sites: readonly SwitchedSite[];
  readonly restorations: readonly Restoration[];
  /** Hosts whose note stays, since a route of theirs belongs to another Worker. */
  readonly kept: readonly string[];
  readonly seen: SeenConnector;
}

/**
 * Puts routes back as they were before they were switched off, and takes the note away when all are. A route that
 * belongs to another Worker by now is left alone, and said. Running it again finishes what was interrupted.
 *
 * @throws UserError when it is not confirmed, or Cloudflare refuses a part of it.
 */
export async function switchOn(options: SwitchOnOptions): Promise<SwitchedOn> {
  const { place, access, confirm, leavesOthers } = options;
  const before = plannedOf(requireNotes(await seeConnector(place, access), place), options);
  if (before.sites.length === 0) return { ...before, kept: [] };
  await confirm(before.sites, before.restorations);
  // A person may have taken minutes to answer.
  const seen = requireNotes(await seeConnector(place, access), place);
  const planned = plannedOf(seen, options);
  const { sites, restorations } = planned;
  const again = `To go on from there, run the same command again: what is back already is left as it is.`;
  return whileDoing(
    `Some routes of ${place.name} may be on again, and some not. The note of what they were is kept. ${again}`,
    async () => {
      const changed = await changeEach(restorations, (one) => restore(one, access));
      const refused = changed.flatMap(({ item, refusal }) =>
        refusal === undefined ? [] : [{ what: item.route.pattern, refusal }],
      );
      const kept = sites.filter(({ host }) =>
        restorations.some(
          (one) =>
            hostOf(one.route.pattern) === host && one.step === "leave" && one.isAnothers && !leavesOthers,
        ),
      );
      const isRefused = ({ host }: SwitchedSite) => refused.some(({ what }) => hostOf(what) === host);
      const settled = sites.filter((site) => !kept.includes(site) && !isRefused(site));
      const notes = await changeEach(
        settled.flatMap(({ keys }) => keys),
        (key) => deleteNote(seen.notes, key, access),
      );
      const stale = notes.flatMap(({ item, refusal }) =>
        refusal === undefined ? [] : [{ what: `the note ${item} in KV`, refusal }],
      );
      if (refused.length + stale.length > 0) {
        const done = restorations.length - refused.length;
        throw unfinished(
          `${done} of ${restorations.length} routes are as they were, and this is not done:`,
          [...refused, ...stale],
          again,
        );
      }
      return { ...planned, kept: kept.map(({ host }) => host) };
    },
  );
}

async function restore(restoration: Restoration, access: CloudflareAccess): Promise<void> {
  if (restoration.step === "write") await writeRoute(restoration.to, access);
  if (restoration.step === "make") await makeRoute(restoration.route, access);
}

function plannedOf(seen: SeenConnector, { place, site }: SwitchOnOptions): Omit<SwitchedOn, "kept"> {
  const all = [...seen.switches.sites, ...unnoted(seen, place)];
  const hosts =
    all.length === 0
      ? []
      : hostsOfSite(
          place,
          site,
          all.map(({ host }) => host),
        );
  const sites = all.filter(({ host }) => hosts.includes(host));
  const behind = workerBehind(seen);
  const restorations = sites.flatMap(({ routes }) =>
    routes.map((route) => restorationOf(route, seen.routes, place, behind)),
  );
  return { sites, restorations, seen };
}

/**
 * What the environment's file protects and leads to no Worker, without a note: made so by hand in the dashboard, or its
 * note is lost. The file says how it was.
 */
function unnoted(seen: SeenConnector, { environment, worker }: SwitchPlace): readonly SwitchedSite[] {
  const noted = new Set(seen.switches.sites.flatMap(({ routes }) => routes.map(({ pattern }) => pattern)));
  const behind = workerBehind(seen);
  const isOpen = (one: PlacedRoute) =>
    isOffRoute(one, behind) &&
    !noted.has(one.pattern) &&
    environment?.routes.some(({ kind, pattern }) => kind === "protect" && pattern === one.pattern) === true;
  const open = seen.routes
    .filter(isOpen)
    .map(({ zoneId, id, pattern, script }) => ({ zoneId, id, pattern, script: worker, off: script }));
  return [...new Set(open.map(({ pattern }) => hostOf(pattern)))].map((host) => ({
    ...{
      host,
      since: "an unknown time",
      by: "somebody",
      reason: "(there is no note)",
      keys: [],
      leading: [],
    },
    routes: open.filter(({ pattern }) => hostOf(pattern) === host),
  }));
}

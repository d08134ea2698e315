import { VARIABLES } from "../../worker/deployment/variables.ts";
import { UserError } from "../errors/user-error.ts";
import type { RouteSpec } from "../specification/specification.ts";
import {
  type FailureMode,
  hostOf,
  type SwitchedFailure,
  type SwitchedSite,
  type Switches,
} from "../specification/switches.ts";
import { type PlacedRoute, placedRoutes } from "./placed-routes.ts";
import type { CloudflareAccess } from "./read-api.ts";
import { type KeptNote, notesNamespace, type NotesPlace, readNotes } from "./switch-notes.ts";
import { type ToldBinding, workerBindings } from "./worker-bindings.ts";

/** Where a connector is in an account, as far as the switch needs it. */
export interface ConnectorPlace {
  readonly accountId: string;
  /** Name of the Worker. */
  readonly worker: string;
  readonly zones: readonly RouteSpec["zone"][];
  /** What the Worker calls its KV namespace. Default: as this project does. */
  readonly binding?: string | undefined;
  /** Title of the KV namespace, by which it is found where there is no Worker. Default: it is not known. */
  readonly title?: string | undefined;
  /** What the Worker calls the variable of its failure mode. Default: as this project does. */
  readonly failureVariable?: string | undefined;
}

/** What an account says of a connector and its switch. */
export interface SeenConnector {
  readonly switches: Switches;
  /** Every route of the zones. */
  readonly routes: readonly PlacedRoute[];
  /** Of the Worker; undefined where there is none. */
  readonly bindings: readonly ToldBinding[] | undefined;
  /** Where its notes are; undefined where it has no KV namespace. */
  readonly notes: NotesPlace | undefined;
}

/** Looks at a connector: what is switched, and what its routes do. @throws UserError when Cloudflare does not tell. */
export async function seeConnector(place: ConnectorPlace, access: CloudflareAccess): Promise<SeenConnector> {
  const [bindings, ofZones] = await Promise.all([
    workerBindings(place, access),
    placedRoutes(place.zones, access),
  ]);
  const namespaceId = await notesNamespace(place.accountId, bindings, place, access);
  const notes = namespaceId === undefined ? undefined : { accountId: place.accountId, namespaceId };
  const kept = notes === undefined ? [] : await readNotes(notes, access);
  // A zone that this token cannot see is no reason to know nothing of the others.
  const elsewhere = await placedRoutes(otherZones(kept, ofZones), access).catch(onlyUserErrors);
  const routes = [...ofZones, ...elsewhere];
  const failure = failureOf(kept, currentMode(bindings, place.failureVariable));
  return { switches: { sites: sitesOf(kept, routes, place.worker), failure }, routes, bindings, notes };
}

function onlyUserErrors(error: unknown): readonly PlacedRoute[] {
  if (error instanceof UserError) return [];
  throw error;
}

/** The text of the variable that says how the Worker fails; undefined where it has none. */
export function currentMode(
  bindings: readonly ToldBinding[] | undefined,
  variable: string = VARIABLES.failureMode,
): FailureMode | undefined {
  const told = bindings?.find(({ type, name }) => type === "plain_text" && name === variable)?.text;
  return told === "open" || told === "closed" ? told : undefined;
}

/** Zones whose routes a note names, and that were not asked yet: the site may have moved since. */
function otherZones(kept: readonly KeptNote[], known: readonly PlacedRoute[]): readonly RouteSpec["zone"][] {
  const asked = new Set(known.map(({ zoneId }) => zoneId));
  const noted = kept.flatMap((note) => (note.kind === "off" ? note.routes.map(({ zoneId }) => zoneId) : []));
  return [...new Set(noted)].filter((id) => !asked.has(id)).map((id) => ({ id }));
}

function sitesOf(
  kept: readonly KeptNote[],
  routes: readonly PlacedRoute[],
  worker: string,
): readonly SwitchedSite[] {
  const leading = new Set(routes.filter(({ script }) => script === worker).map(({ pattern }) => pattern));
  const leadsTo = new Map(routes.map(({ pattern, script }) => [pattern, script]));
  const off = kept.filter((note) => note.kind === "off");
  return [...new Set(off.map(({ host }) => host))].flatMap((host) => {
    const [first, ...later] = off.filter((note) => note.host === host);
    if (first === undefined) return [];
    // The first note of a route tells how it was before anybody switched anything.
    const noted = new Map(
      [...[...later].reverse(), first].flatMap((note) => note.routes).map((route) => [route.pattern, route]),
    );
    return [
      {
        host,
        since: first.since,
        by: first.by,
        reason: first.reason,
        keys: [first, ...later].map(({ key }) => key),
        routes: [...noted.values()],
        leading:
          noted.size === 0
            ? [...leading].filter((pattern) => hostOf(pattern) === host)
            : [...noted.values()]
                // Before a deploy that gives the Worker another name, they lead to that of the old one.
                .filter(({ pattern, script }) => leading.has(pattern) || leadsTo.get(pattern) === script)
                .map(({ pattern }) => pattern),
      },
    ];
  });
}

function failureOf(kept: readonly KeptNote[], current: FailureMode | undefined): SwitchedFailure | undefined {
  const notes = kept.filter((note) => note.kind === "failure");
  const [first] = notes;
  const last = notes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { since, by, reason } = last;
  const mode = current ?? last.mode;
  return { since, by, reason, mode, was: first.was, keys: notes.map(({ key }) => key) };
}

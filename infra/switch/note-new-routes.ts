import { zoneIdOf } from "../account/routes-of-zones.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { type ConnectorPlace, seeConnector } from "../account/read-switches.ts";
import { writeNote } from "../account/switch-notes.ts";
import { WriteRefused } from "../account/write-api.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { chainedWorkerOf } from "../specification/named-workers.ts";
import { hostOf, knownSwitches } from "../specification/switches.ts";
import { unfinished } from "./change-routes.ts";

/**
 * Before a deploy makes protected routes on a host that is switched off: notes them, so that they get their Worker when
 * the host is switched on, without the environment's file, too.
 *
 * @throws UserError when Cloudflare does not confirm a note; nothing was deployed then.
 */
export async function noteNewRoutes(
  spec: ConnectorSpec,
  place: ConnectorPlace,
  access: CloudflareAccess,
  now: Date,
): Promise<void> {
  for (const site of knownSwitches(spec.switches).sites) {
    const noted = new Set(site.routes.map(({ pattern }) => pattern));
    const fresh = spec.routes.filter(
      ({ isOff, pattern }) => isOff === true && hostOf(pattern) === site.host && !noted.has(pattern),
    );
    if (fresh.length === 0) continue;
    const { notes } = await seeConnector(place, access);
    if (notes === undefined) return;
    const { host, by } = site;
    const routes = await Promise.all(
      fresh.map(async ({ zone, pattern }) => ({
        ...{ zoneId: await zoneIdOf(zone, access), pattern },
        script: spec.worker.name,
        off: chainedWorkerOf(spec.worker),
      })),
    );
    const reason = "a deploy makes this route while its host is switched off";
    try {
      await writeNote(notes, { kind: "off", host, since: now.toISOString(), by, reason, routes }, access);
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
      const what = fresh.map(({ pattern }) => pattern).join(", ");
      throw unfinished(
        `${host} is switched off, and what this deploy adds to it could not be noted, so nothing was deployed:`,
        [{ what, refusal: error.message }],
        "Then deploy again.",
      );
    }
  }
}

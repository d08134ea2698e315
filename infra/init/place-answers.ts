import type { Site, ZoneReference } from "../environments/environment.ts";
import { UserError } from "../errors/user-error.ts";
import { type Named, seenZones, zoneOfHost } from "./account-choices.ts";
import { asAnswer, checkHostname, checkZone, eachListed, listed } from "./flags.ts";
import { siteOfHost, type Sources } from "./sources.ts";

/** A hostname with its zone. */
export interface Place {
  readonly hostname: string;
  readonly zone: ZoneReference;
}

/** The zones that the token sees; none where it does not tell. @param notes Gets why. */
export async function zonesOf(
  { access }: Sources,
  accountId: string | undefined,
  notes: string[],
): Promise<readonly Named[]> {
  if (accountId === undefined) return [];
  const zones = await seenZones(access, accountId);
  if (zones.ok && zones.items.length > 0) return zones.items;
  const why = zones.ok ? "the token sees no zone of the account" : zones.why;
  notes.push(`Whether the hostnames are in their zones was not checked: ${why}`);
  return [];
}

/** @param missing Gets what is missing. */
export async function hostnamesOf(
  { flags, existing, questions }: Sources,
  zones: readonly Named[],
  missing: string[],
): Promise<readonly string[]> {
  if (flags.hostname !== undefined) return flags.hostname;
  const known = existing?.sites.map(({ hostname }) => hostname);
  const names = zones.map(({ name }) => name).join(", ");
  if (questions === undefined) {
    if (known === undefined)
      missing.push(`--hostname HOST (once for each site${names === "" ? "" : `; in ${names}`})`);
    return known ?? [];
  }
  const inZones = (host: string) =>
    checkHostname(host) ??
    (zones.length === 0 || zoneOfHost(host, zones) !== undefined ? undefined : `is in none of ${names}`);
  const [only] = zones;
  const typed = await questions.text({
    message: `Hostnames that get the waiting room, with commas between${names === "" ? "" : `, in ${names}`}:`,
    initial: known?.join(", ") ?? (zones.length === 1 ? only?.name : undefined),
    check: eachListed(inZones, 1),
  });
  return listed(typed);
}

/**
 * Each hostname with its zone.
 *
 * @param missing Gets what is missing.
 * @throws UserError for a hostname that is in none of the zones, or not in its own.
 */
export async function placesOf(
  { flags, existing, questions }: Sources,
  hostnames: readonly string[],
  zones: readonly Named[],
  missing: string[],
): Promise<readonly Place[]> {
  const places: Place[] = [];
  let asked: string | undefined;
  for (const [index, hostname] of hostnames.entries()) {
    const given = flags.zone?.[flags.zone.length === 1 ? 0 : index];
    const known = siteOfHost(existing, hostname);
    if (given !== undefined) {
      places.push({ hostname, zone: givenZone(hostname, given, zones) });
    } else if (known !== undefined) {
      places.push({ hostname, zone: zoneReference(known) });
    } else if (zones.length > 0) {
      places.push({ hostname, zone: { zoneId: ownZone(hostname, zones).id } });
    } else if (questions !== undefined) {
      asked = await questions.text({
        message: `Zone of ${hostname}, by its id (on the zone's overview page) or its name:`,
        initial: asked,
        check: asAnswer(checkZone),
      });
      places.push({ hostname, zone: zoneOf(asked) });
    } else {
      missing.push(`--zone ZONE (id or name of the zone of ${hostname})`);
    }
  }
  if (hostnames.length === 0 && flags.zone === undefined && zones.length === 0 && questions === undefined)
    missing.push("--zone ZONE (id or name)");
  return places;
}

function zoneReference(site: Site): ZoneReference {
  return site.zoneId === undefined ? { zoneName: site.zoneName } : { zoneId: site.zoneId };
}

function zoneOf(text: string): ZoneReference {
  return text.includes(".") ? { zoneName: text } : { zoneId: text };
}

function givenZone(hostname: string, given: string, zones: readonly Named[]): ZoneReference {
  if (zones.length === 0) return zoneOf(given);
  const own = ownZone(hostname, zones);
  if (own.id === given || own.name === given) return { zoneId: own.id };
  throw new UserError(
    "init-zone",
    `${hostname} is not in the zone ${given}: of the zones that the token sees, it is in ${own.name} (${own.id}). ` +
      "Nothing was written. Leave --zone out, or name that one.",
  );
}

function ownZone(hostname: string, zones: readonly Named[]): Named {
  const own = zoneOfHost(hostname, zones);
  if (own !== undefined) return own;
  throw new UserError(
    "init-hostname",
    `${hostname} is in none of the zones that the token sees in the account: ` +
      `${zones.map(({ name }) => name).join(", ")}. Nothing was written. Check the spelling, or give the token the ` +
      "permission Zone · Zone · Read for its zone.",
  );
}

import type { Zone } from "./model.ts";

/** The zone that a hostname (lower case, punycode) is in: the longest, where one is below another. */
export function zoneOfHost(zones: readonly Zone[], host: string): Zone | undefined {
  return zones
    .filter(({ name }) => host === name || host.endsWith(`.${name}`))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

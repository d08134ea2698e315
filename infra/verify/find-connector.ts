import type { Target } from "../specification/target.ts";
import type { Reach } from "./reach.ts";
import { sampleRoutes } from "./sample-urls.ts";

/**
 * Address of a page of a target that a connector answers for, ours or the vendor's; undefined where none
 * does.
 */
export async function findConnector({ spec, named }: Target, reach: Reach): Promise<string | undefined> {
  const hostnames = named.environment.sites.map(({ hostname }) => hostname);
  for (const { kind, url } of sampleRoutes(spec.routes, hostnames)) {
    if (kind === "bypass" || url === undefined) continue;
    // A site that is not there yet is no reason to stop.
    const answer = await reach.get(url).catch(() => undefined);
    if (answer !== undefined && answer.headers.get("x-queueit-connector") !== null) return url;
  }
  return undefined;
}

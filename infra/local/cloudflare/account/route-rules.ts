import { type RoutePattern, parsePattern } from "../../../cloudflare/route-pattern.ts";
import { refusals } from "./refusals.ts";
import type { Zone } from "./model.ts";

/**
 * Reads a route pattern under Cloudflare's rules for one zone.
 *
 * @throws CloudflareError when the pattern is not valid or its host is not in the zone.
 */
export function assertPatternAllowed(text: string, zone: Zone): RoutePattern {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw refusals.routePatternNotValid(`${text} ${parsed.problem}`);
  const { host, hostWildcard } = parsed.pattern;
  const everyHost = hostWildcard && host === "";
  if (!everyHost && host !== zone.name && !host.endsWith(`.${zone.name}`)) {
    throw refusals.routePatternNotValid(`${text} is not in the zone ${zone.name}`);
  }
  return parsed.pattern;
}

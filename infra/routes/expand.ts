/**
 * The whole route pattern of an entry of `protect` or `bypass`: a path gets the site's hostname before it, a
 * whole pattern stays as it is.
 */
export function expandRoute(hostname: string, entry: string): string {
  return entry.startsWith("/") ? hostname + entry : entry;
}

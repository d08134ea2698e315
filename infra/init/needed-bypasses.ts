import { covers, patternOf } from "../cloudflare/route-pattern.ts";

/** Those bypasses that take something away from what the Worker sees; without it, any other would be a route for nothing. */
export function neededBypasses(
  hostname: string,
  protect: readonly string[],
  bypasses: readonly string[],
): readonly string[] {
  const pattern = (entry: string) => patternOf(entry.startsWith("/") ? hostname + entry : entry);
  const seen = protect.map(pattern).filter((one) => one !== undefined);
  return bypasses.filter((entry) => {
    const bypass = pattern(entry);
    return bypass !== undefined && seen.some((protectedOne) => covers(protectedOne, bypass));
  });
}

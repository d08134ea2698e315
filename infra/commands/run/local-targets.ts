import { environmentNames } from "../../project/environment-names.ts";
import type { Target } from "../../specification/target.ts";
import { readStartingTargets } from "./worker-starts.ts";

/**
 * The environments of a local Cloudflare: those that are named; all, where none is. Who names zones alone wants an
 * account with nothing else in it, and a project may have no environments at all.
 *
 * @throws UserError as `readStartingTargets` does.
 */
export async function localTargets(names: readonly string[], hasZones: boolean): Promise<readonly Target[]> {
  if (names.length === 0 && (hasZones || (await environmentNames()).length === 0)) return [];
  return (await readStartingTargets(names.length === 0 ? undefined : names)).targets;
}

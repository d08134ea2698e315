import { type Target, deployable, pickTarget, requireReady } from "../../specification/target.ts";
import { readStartingTargets } from "./worker-starts.ts";

/**
 * The environment that a command is about, ready to be planned.
 *
 * @throws UserError when there is none of this name, an environment is not valid, or something it needs is
 *   missing.
 */
export async function readyTarget(name: string): Promise<Target> {
  const { targets } = await readStartingTargets([name]);
  const target = deployable(pickTarget(targets, name), process.env);
  requireReady(target, process.env);
  return target;
}

import { chainedWorkerOf } from "../specification/named-workers.ts";
import type { Target } from "../specification/target.ts";
import { knownSwitches } from "../specification/switches.ts";
import { settled } from "../environments/definition/settled.ts";
import type { ExpectedStatus } from "./deployed-status.ts";
import { configurationHash } from "./status-call.ts";
import { acceptedConfiguration } from "../queue-it/accepted-configuration.ts";

/**
 * What the Worker of a target has to say of itself.
 *
 * @param bundle SHA-256 of the bundle that was deployed, where it is known.
 */
export function expectedStatus(
  { spec, named }: Target,
  bundle: string | undefined,
  secretKey: string,
): ExpectedStatus {
  const { worker, failure } = settled(named);
  const { configuration } = spec;
  return {
    bundle: worker.source === "bundled" ? bundle : undefined,
    failure: knownSwitches(spec.switches).failure?.mode ?? failure,
    owner: configuration.owner,
    chained: chainedWorkerOf(spec.worker),
    // Whatever Queue-it published is right, where Queue-it owns it.
    configurationVersion:
      configuration.owner === "file" ? acceptedConfiguration(configuration.value).Version : undefined,
    configurationHash:
      configuration.owner === "file" ? configurationHash(configuration.value, secretKey) : undefined,
  };
}

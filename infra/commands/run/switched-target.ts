import { connectorPlace, failureVariableOf } from "../../account/connector-place.ts";
import { seeConnector } from "../../account/read-switches.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { settled } from "../../environments/definition/settled.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Switches } from "../../specification/switches.ts";
import type { Target } from "../../specification/target.ts";
import { withSwitches } from "../../specification/with-switches.ts";
import { optionalAccess } from "./workspace.ts";

/**
 * The target as it has to be planned, deployed and asked while something of it is switched: otherwise the next deploy
 * would turn it back by the way. With an API key instead of a token nobody looks, and the report says so.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export async function switchedTarget(target: Target): Promise<Target> {
  const access = optionalAccess();
  if (typeof access === "string") return { ...target, spec: { ...target.spec, switches: `${access}.` } };
  const { switches } = await seeConnector(connectorPlace(target), access);
  // A reason is a foreign text: whoever wrote it may not have known what is a secret here.
  const shown = deepWithoutSecrets(switches) as Switches;
  return {
    ...target,
    spec: withSwitches(target.spec, shown, failureVariableOf(settled(target.named).worker)),
  };
}

/** The same for what changes no route: where Cloudflare does not tell, it goes on, and says that nobody knows. */
export async function switchedTargetIfKnown(target: Target): Promise<Target> {
  return switchedTarget(target).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    return { ...target, spec: { ...target.spec, switches: error.message } };
  });
}

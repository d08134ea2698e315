import { z } from "zod";
import type { Values } from "./values.ts";

/** Terraform's name of the look-up of another stack's state. */
export const REMOTE_STATE = "terraform_remote_state";

/** `defaults` stand in for outputs that the state lacks. */
export const remoteStateSchema = z.looseObject({
  defaults: z.record(z.string(), z.unknown()).default({}),
});

/** What the look-up gives, from the outputs of that state. */
export function remoteStateValues(defaults: Values, outputs: Values): Values {
  return { outputs: { ...defaults, ...outputs } };
}

/** What Terraform says where there is no such state. */
export function noRemoteState(address: string): string {
  return (
    `Unable to find remote state: No stored state was found for the given workspace in the given backend ` +
    `(${address}). Deploy that environment first.`
  );
}

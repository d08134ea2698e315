import { UserError } from "../errors/user-error.ts";
import type { TerraformBinary } from "./binary.ts";
import { isProviderMissing } from "./provider-missing.ts";

export interface Initialised {
  readonly environment: string;
  readonly binary: TerraformBinary;
  /** Absolute folder of the stack. */
  readonly folder: string;
}

/**
 * Why `terraform init` failed, and what to do.
 *
 * @param output What it wrote to the standard error, without secrets.
 * @param words The same as one paragraph, or how it ended where it said nothing.
 */
export function initError(
  { environment, binary, folder }: Initialised,
  output: string,
  words: string,
): UserError {
  if (isProviderMissing(output)) {
    return new UserError(
      "provider-missing",
      `${binary.name} cannot find the Cloudflare provider. Give it a registry, a mirror in the file that ` +
        `TF_CLI_CONFIG_FILE names, or the provider itself in ~/.terraform.d/plugins. It said: ${words}`,
    );
  }
  if (/Backend configuration changed/i.test(output)) {
    return new UserError(
      "backend-changed",
      `The backend of ${environment} is not the one that ${folder} was initialised for: the state ` +
        "is somewhere else now, and planning without it would make everything anew. To take the state along, run " +
        `"${binary.file} init -migrate-state" in that folder; if it is where it has to be already, delete the folder's .terraform.`,
    );
  }
  return new UserError("init-failed", `${binary.name} cannot initialise the stack: ${words}`);
}

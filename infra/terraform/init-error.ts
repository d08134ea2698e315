import { UserError } from "../errors/user-error.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import type { TerraformBinary } from "./binary.ts";
import { bucketRefusal } from "./state-bucket-refusal.ts";
import { isProviderMissing } from "./provider-missing.ts";
import { pluginFolder, type RequiredProvider } from "./required-provider.ts";

export interface Initialised {
  readonly environment: string;
  readonly backend: StateBackend;
  readonly binary: TerraformBinary;
  /** Absolute folder of the stack. */
  readonly folder: string;
  /**
   * The provider that the stack asks for, for example `cloudflare/cloudflare` 5.14.0; undefined where it
   * cannot be told.
   */
  readonly provider: RequiredProvider | undefined;
}

/**
 * Why `terraform init` failed, and what to do.
 *
 * @param output What it wrote to the standard error, without secrets.
 * @param words The same as one paragraph, or how it ended where it said nothing.
 */
export function initError(
  { environment, backend, binary, folder, provider }: Initialised,
  output: string,
  words: string,
): UserError {
  if (isProviderMissing(output)) {
    return new UserError(
      "provider-missing",
      `${binary.name} cannot find the Cloudflare ` +
        `provider${provider === undefined ? "" : ` ${provider.version}`} for the stack in ${folder}. Give ` +
        "it access to the registry, name a mirror in the file that TF_CLI_CONFIG_FILE names, or put the " +
        `provider itself into ${pluginFolder(provider)}. "npx queueit-cf preview" shows the environments on this ` +
        `machine without any provider. It said: ${words}`,
    );
  }
  if (/Backend configuration changed/i.test(output)) {
    return new UserError(
      "backend-changed",
      `The backend of ${environment} is not the one that ${folder} was initialised for: the state is ` +
        "somewhere else now, and planning without it would create everything a second time. To move the " +
        `state, run "${binary.file} init -migrate-state" in that folder; if it is already where it has to ` +
        "be, delete the folder's .terraform.",
    );
  }
  const refused = bucketRefusal({ backend, environment }, words);
  if (refused !== undefined) return refused;
  return new UserError("init-failed", `${binary.name} cannot initialise the stack: ${words}`);
}

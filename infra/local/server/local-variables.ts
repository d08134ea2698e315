import type { LocalSecrets } from "../state/state-file.ts";
import { asTerraformVariables } from "./local-secrets.ts";
import { QUIET_TOOLS } from "../../terraform/quiet-tools.ts";
import { ACCEPT_EXAMPLE_VALUES } from "../../specification/bindings.ts";

export interface LocalAccess {
  /** Base URL of the management API, without a slash at its end. */
  readonly apiUrl: string;
  readonly token: string;
  readonly accountId: string;
  /** Where the sites are, without a slash at its end. */
  readonly edgeUrl: string;
  readonly secrets: LocalSecrets;
}

/** Values of the stacks' variables, by name without `TF_VAR_`. Example values will do on this machine. */
export function stackVariables(secrets: LocalSecrets): Record<string, string> {
  return { ...asTerraformVariables(secrets), [ACCEPT_EXAMPLE_VALUES]: "true" };
}

/**
 * Environment variables that make Terraform, wrangler and the official SDK deploy to the local Cloudflare,
 * and the stacks' own variables. Every value is of use on this machine only.
 */
export function localVariables({
  apiUrl,
  token,
  accountId,
  edgeUrl,
  secrets,
}: LocalAccess): Record<string, string> {
  return {
    // Terraform's provider and the official SDK read the first, wrangler the second.
    CLOUDFLARE_BASE_URL: apiUrl,
    CLOUDFLARE_API_BASE_URL: apiUrl,
    CLOUDFLARE_API_TOKEN: token,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    // For queueit-cf: the sites are on this machine, too.
    QUEUEIT_LOCAL_EDGE: edgeUrl,
    ...QUIET_TOOLS,
    ...Object.fromEntries(
      Object.entries(stackVariables(secrets)).map(([name, value]) => [`TF_VAR_${name}`, value]),
    ),
  };
}

import type { Zone } from "../cloudflare/account/model.ts";
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
}

/** Values of the stacks' variables, by name without `TF_VAR_`. Example values will do on this machine. */
export function stackVariables(secrets: LocalSecrets): Record<string, string> {
  return { ...asTerraformVariables(secrets), [ACCEPT_EXAMPLE_VALUES]: "true" };
}

/**
 * Environment variables that make Terraform, wrangler and the official SDK deploy to the local Cloudflare. Every value
 * is of use on this machine only. That the token is among them, and is printed, is on purpose: it was made by this run
 * (with `--state`, by an earlier one), opens nothing but this account, on loopback, and is of no use to anybody who
 * cannot read this process's output or files, who could do all that it can anyway.
 *
 * @param zones The account's. The id of a single one is among the variables, for scripts.
 */
export function accessVariables(
  { apiUrl, token, accountId, edgeUrl }: LocalAccess,
  zones: readonly Zone[] = [],
): Record<string, string> {
  const [zone, ...others] = zones;
  return {
    // Terraform's provider and the official SDK read the first, wrangler the second.
    CLOUDFLARE_BASE_URL: apiUrl,
    CLOUDFLARE_API_BASE_URL: apiUrl,
    CLOUDFLARE_API_TOKEN: token,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    ...(zone !== undefined && others.length === 0 && { CLOUDFLARE_ZONE_ID: zone.id }),
    // For queueit-cf: the sites are on this machine, too.
    QUEUEIT_LOCAL_EDGE: edgeUrl,
    ...QUIET_TOOLS,
  };
}

/** The same, and the stacks' own variables. */
export function localVariables({
  secrets,
  ...access
}: LocalAccess & { readonly secrets: LocalSecrets }): Record<string, string> {
  return {
    ...accessVariables(access),
    ...Object.fromEntries(
      Object.entries(stackVariables(secrets)).map(([name, value]) => [`TF_VAR_${name}`, value]),
    ),
  };
}

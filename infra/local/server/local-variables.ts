import { ACCEPT_EXAMPLE_VALUES } from "../../specification/bindings.ts";
import { type LocalSecrets, asTerraformVariables } from "./local-secrets.ts";

export interface LocalAccess {
  /** Base URL of the management API, without a slash at its end. */
  readonly apiUrl: string;
  readonly token: string;
  readonly accountId: string;
  /** Where the sites are, without a slash at its end. */
  readonly edgeUrl: string;
  readonly secrets: LocalSecrets;
}

/**
 * Environment variables that make Terraform, wrangler and the official SDK deploy to the local Cloudflare, and the
 * stacks' own variables. Every value is worth something on this machine only.
 */
export function localVariables({
  apiUrl,
  token,
  accountId,
  edgeUrl,
  secrets,
}: LocalAccess): Record<string, string> {
  const terraform = { ...asTerraformVariables(secrets), [ACCEPT_EXAMPLE_VALUES]: "true" };
  return {
    // Terraform's provider and the official SDK read the first, wrangler the second.
    CLOUDFLARE_BASE_URL: apiUrl,
    CLOUDFLARE_API_BASE_URL: apiUrl,
    CLOUDFLARE_API_TOKEN: token,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    // For queueit-cf: the sites are on this machine, too.
    QUEUEIT_LOCAL_EDGE: edgeUrl,
    ...Object.fromEntries(Object.entries(terraform).map(([name, value]) => [`TF_VAR_${name}`, value])),
  };
}

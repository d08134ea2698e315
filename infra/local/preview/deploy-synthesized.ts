import { PROJECT_ROOT } from "../../files/project-root.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { type DeployedResource, deployTerraformJson } from "../terraform/deploy.ts";
import { readSynthesized } from "../terraform/synthesized.ts";
import { type LocalSecrets, asTerraformVariables } from "../server/local-secrets.ts";

/**
 * Synthesizes the stack of a specification, exactly as for Terraform, and deploys that JSON into the account.
 *
 * @throws UserError when the JSON asks for something the local Cloudflare does not know.
 */
export async function deploySynthesized(
  account: LocalAccount,
  spec: ConnectorSpec,
  secrets: LocalSecrets,
): Promise<readonly DeployedResource[]> {
  const { json, readFile } = await readSynthesized(spec, { projectRoot: PROJECT_ROOT });
  return await deployTerraformJson(json, { account, variables: asTerraformVariables(secrets), readFile });
}

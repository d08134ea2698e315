import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../bundle.ts";
import { synthesize } from "../../connector/synthesize.ts";
import type { ConnectorSpec } from "../../connector/specification.ts";
import type { LocalAccount } from "../cloudflare/account.ts";
import { type DeployedResource, deployTerraformJson } from "../cloudflare/deploy.ts";
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
  const folder = await mkdtemp(join(tmpdir(), "queueit-preview-"));
  try {
    const output = synthesize([spec], { projectRoot: PROJECT_ROOT, outputFolder: folder });
    const stack = join(output, "stacks", spec.environment);
    const json: unknown = JSON.parse(await readFile(join(stack, "cdk.tf.json"), "utf8"));
    return await deployTerraformJson(json, {
      account,
      variables: asTerraformVariables(secrets),
      readFile: (path) => readFile(join(stack, path)),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { synthesize } from "../../infra/connector/synthesize.ts";
import type { ConnectorSpec } from "../../infra/specification/specification.ts";
import { isProviderMissing } from "../../infra/terraform/provider-missing.ts";
import { runProcess } from "../../infra/terraform/process.ts";
import { terraformEnvironment } from "./terraform-environment.ts";

export type FoundTerraform =
  | { readonly kind: "found"; readonly binary: string }
  | {
      readonly kind: "unavailable";
      /** One line. */
      readonly reason: string;
    };

const stackSchema = z.object({ terraform: z.object({ required_providers: z.unknown() }) });

/** Finds Terraform or OpenTofu, and tries whether it finds the provider that the stack requires. */
export async function findTerraform(
  spec: ConnectorSpec,
  inherited: Readonly<Record<string, string | undefined>>,
): Promise<FoundTerraform> {
  const env = terraformEnvironment(inherited, {});
  const folder = await mkdtemp(join(tmpdir(), "queueit-e2e-provider-"));
  try {
    const binary = await firstThatRuns(binaries(inherited), folder, env);
    if (binary === undefined) {
      return {
        kind: "unavailable",
        reason: `the end-to-end run: none of ${binaries(inherited).join(", ")} is on this machine.`,
      };
    }
    const output = synthesize([spec], { projectRoot: folder, outputFolder: join(folder, "cdktf.out") });
    const json: unknown = JSON.parse(
      await readFile(join(output, "stacks", spec.environment, "cdk.tf.json"), "utf8"),
    );
    const required_providers = stackSchema.parse(json).terraform.required_providers;
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    const init = await runProcess(binary, ["init", "-input=false", "-no-color"], { cwd: folder, env });
    if (init.code !== 0 && isProviderMissing(init.output)) {
      return {
        kind: "unavailable",
        reason:
          `the end-to-end run: "${binary} init" cannot find the Cloudflare provider. Give it a registry, a mirror ` +
          "in the file that TF_CLI_CONFIG_FILE names, or the provider itself in ~/.terraform.d/plugins.",
      };
    }
    return { kind: "found", binary };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Terraform's or OpenTofu's name, or what the user says it is. */
function binaries(inherited: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = inherited["TERRAFORM_BINARY_NAME"];
  return named === undefined || named === "" ? ["terraform", "tofu"] : [named];
}

async function firstThatRuns(
  names: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  for (const name of names) {
    const version = await runProcess(name, ["version"], { cwd, env }).catch(() => undefined);
    if (version?.code === 0) return name;
  }
  return undefined;
}

import { existsSync, readdirSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { synthesize } from "../connector/synthesize.ts";
import { UserError } from "../errors/user-error.ts";
import { makeFolder } from "../files/make-folder.ts";
import { inTemporaryFolder } from "../files/temporary-folder.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { exportedStack } from "./exported-stack.ts";
import { exportGuide } from "./export-guide.ts";
import { hclOf } from "./hcl.ts";

const LOCK_FILE = ".terraform.lock.hcl";

export interface ExportOptions {
  /** Absolute. */
  readonly folder: string;
  /** Absolute folder that local states' paths are relative to. */
  readonly projectRoot: string;
  readonly syntax: "json" | "hcl";
}

/**
 * Writes each environment as a Terraform configuration of its own, `<folder>/<environment>/`, that needs neither
 * this project nor Node. Each is there whole or not at all. Returns the folders.
 *
 * @throws UserError `export-folder` where something is there already; then nothing was written.
 */
export async function exportTerraform(
  specs: readonly ConnectorSpec[],
  { folder, projectRoot, syntax }: ExportOptions,
): Promise<readonly string[]> {
  const folders = specs.map(({ environment }) => join(folder, environment));
  for (const each of folders) requireEmpty(each);
  await makeFolder(folder);
  await inTemporaryFolder("queueit-export-", async (outputFolder) => {
    synthesize(specs, { projectRoot, outputFolder });
    for (const spec of specs) {
      const from = join(outputFolder, "stacks", spec.environment);
      const unfinished = await mkdtemp(join(folder, `.${spec.environment}-`));
      try {
        await write(spec, { from, to: join(folder, spec.environment), unfinished, syntax });
      } catch (error) {
        await rm(unfinished, { recursive: true, force: true });
        throw error;
      }
    }
  });
  return folders;
}

function requireEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new UserError(
    "export-folder",
    `${folder} is not empty, and an export never overwrites anything. Export into another folder, or move ` +
      "this one away first. Nothing was written.",
  );
}

interface Places {
  readonly from: string;
  readonly to: string;
  readonly unfinished: string;
  readonly syntax: ExportOptions["syntax"];
}

async function write(spec: ConnectorSpec, { from, to, unfinished, syntax }: Places): Promise<void> {
  const json: unknown = JSON.parse(await readFile(join(from, "cdk.tf.json"), "utf8"));
  const { bundle, files } = exportedStack(json, spec, { from, to });
  for (const [name, content] of Object.entries(files))
    await (syntax === "json"
      ? writeFile(join(unfinished, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`)
      : writeFile(join(unfinished, name), hclOf(content)));
  await makeFolder(join(unfinished, dirname(bundle)));
  await copyFile(join(from, bundle), join(unfinished, bundle));
  if (existsSync(join(from, LOCK_FILE))) await copyFile(join(from, LOCK_FILE), join(unfinished, LOCK_FILE));
  await writeFile(join(unfinished, "README.md"), exportGuide(spec, bundle));
  await writeFile(join(unfinished, ".gitignore"), ".terraform/\n*.tfstate*\n*.tfvars\n");
  await rename(unfinished, to);
}

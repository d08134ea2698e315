import { resolve } from "node:path";
import { EXPORT } from "../../export/export-format.ts";
import { inFormat } from "../../json/format.ts";
import { exportTerraform } from "../../export/export-terraform.ts";
import { projectRoot } from "../../files/project-root.ts";
import { readTargets } from "../../project/targets.ts";
import { deployable, requireOwnValues } from "../../specification/target.ts";

export interface ExportTerraformOptions {
  readonly hcl?: true;
  readonly json?: true;
}

/** Writes environments as Terraform that needs neither CDKTF nor Node. */
export async function runExportTerraform(
  folder: string,
  environments: readonly string[],
  { hcl, json }: ExportTerraformOptions,
): Promise<void> {
  const { targets } = await readTargets(environments.length > 0 ? environments : undefined);
  const wanted = targets.map((target) => deployable(target, process.env));
  for (const target of wanted) requireOwnValues(target, process.env);
  const folders = await exportTerraform(
    wanted.map(({ spec }) => spec),
    { folder: resolve(folder), projectRoot: projectRoot(), syntax: hcl ? "hcl" : "json" },
  );
  process.stdout.write(
    json
      ? `${JSON.stringify(inFormat(EXPORT, { folders }))}\n`
      : `${folders.map((each) => `${each}\n`).join("")}Its README.md says how to go on. Nothing was deployed.\n`,
  );
}

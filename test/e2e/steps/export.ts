import { join } from "node:path";
import { exportTerraform } from "../../../infra/export/export-terraform.ts";
import type { Step } from "../world.ts";
import { expectSettled } from "./deploy.ts";

/** What somebody keeps who leaves CDKTF, in both syntaxes, on the state of what was deployed. */
export const exported: Step = {
  title: "export terraform, in JSON and HCL: an empty plan of each",
  run: async ({ project, staging, terraformIn }) => {
    for (const syntax of ["json", "hcl"] as const) {
      const folder = join(project.folder, `exported-${syntax}`);
      await exportTerraform([staging], { folder, projectRoot: project.folder, syntax });
      const terraform = terraformIn(join(folder, staging.environment));
      await terraform.init();
      await expectSettled(terraform);
    }
  },
};

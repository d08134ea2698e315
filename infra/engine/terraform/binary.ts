import { z } from "zod";
import { UserError } from "../../errors.ts";
import { runProcess } from "./process.ts";

export interface TerraformBinary {
  readonly file: string;
  /** For people, for example `Terraform 1.11.4`. */
  readonly name: string;
}

/** The state's lock in R2 and S3 (`use_lockfile`) needs it. */
const OLDEST = [1, 10] as const;

const versionSchema = z.object({ terraform_version: z.string() });

/**
 * Finds Terraform, or OpenTofu where there is no Terraform. TERRAFORM_BINARY_NAME names another one.
 *
 * @throws UserError when there is none, or it is too old.
 */
export async function findTerraform(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TerraformBinary> {
  const named = environment["TERRAFORM_BINARY_NAME"];
  const candidates = named === undefined || named === "" ? ["terraform", "tofu"] : [named];
  for (const file of candidates) {
    const version = await versionOf(file, environment);
    if (version === undefined) continue;
    const name = `${/tofu[^/\\]*$/.test(file) ? "OpenTofu" : "Terraform"} ${version}`;
    if (isOldEnough(version)) return { file, name };
    throw new UserError(
      "terraform-old",
      `${name} is too old: the stacks need ${OLDEST.join(".")} or later. Update it, or name another one in TERRAFORM_BINARY_NAME.`,
    );
  }
  throw new UserError(
    "terraform-missing",
    `There is no ${candidates.join(" and no ")} on this machine. Install Terraform or OpenTofu ${OLDEST.join(".")} or later, ` +
      "or name its file in TERRAFORM_BINARY_NAME.",
  );
}

async function versionOf(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const env = { PATH: environment["PATH"] ?? "", HOME: environment["HOME"] ?? "", CHECKPOINT_DISABLE: "1" };
  try {
    const { code, stdout } = await runProcess(file, ["version", "-json"], { cwd: process.cwd(), env });
    return code === 0 ? versionSchema.parse(JSON.parse(stdout)).terraform_version : undefined;
  } catch {
    return undefined;
  }
}

function isOldEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import { Interrupted } from "../console/interruption.ts";
import { endOf } from "./end.ts";
import { errorWords } from "./messages.ts";
import { runProcess } from "./process.ts";
import type { Variables } from "../variables/command-variables.ts";

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
export async function findTerraform(variables: Variables): Promise<TerraformBinary> {
  const named = variables.TERRAFORM_BINARY_NAME;
  const candidates = named === undefined || named === "" ? ["terraform", "tofu"] : [named];
  for (const file of candidates) {
    const version = await versionOf(file, variables);
    if (version === "missing") continue;
    const name = `${/tofu[^/\\]*$/.test(file) ? "OpenTofu" : "Terraform"} ${version}`;
    if (isOldEnough(version)) return { file, name };
    throw new UserError(
      "terraform-old",
      `${name} is too old: the stacks need ${OLDEST.join(".")} or later. Update it, or name another ` +
        "binary in TERRAFORM_BINARY_NAME.",
    );
  }
  throw new UserError(
    "terraform-missing",
    `There is no ${candidates.join(" and no ")} on this machine. Install Terraform or OpenTofu ` +
      `${OLDEST.join(".")} or later, or name its file in TERRAFORM_BINARY_NAME.`,
  );
}

/** @throws UserError when there is one that does not tell its version. */
async function versionOf(file: string, variables: Variables): Promise<string> {
  const env = { PATH: variables.PATH ?? "", HOME: variables.HOME ?? "", CHECKPOINT_DISABLE: "1" };
  const result = await runProcess(file, ["version", "-json"], { cwd: process.cwd(), env }).catch(
    (error: unknown) => {
      if (isMissing(error)) return undefined;
      throw unusable(file, error instanceof Error ? error.message : String(error));
    },
  );
  if (result === undefined) return "missing";
  if (result.interruptedBy !== undefined) throw new Interrupted(result.interruptedBy);
  const version = result.code === 0 ? readVersion(result.stdout) : undefined;
  if (version !== undefined) return version;
  throw unusable(file, `${endOf(result)} ${errorWords(result.stderr)}`.trim());
}

function readVersion(text: string): string | undefined {
  try {
    return versionSchema.parse(JSON.parse(text)).terraform_version;
  } catch {
    return undefined;
  }
}

function unusable(file: string, reason: string): UserError {
  return new UserError(
    "terraform-unusable",
    `"${file} version -json" does not report a version, as Terraform and OpenTofu do. ${reason} Fix that, or name ` +
      "another binary in TERRAFORM_BINARY_NAME.",
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function isOldEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

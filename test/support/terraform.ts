import { execFileSync } from "node:child_process";

const named = process.env["TERRAFORM_BINARY_NAME"] ?? "";

const found = (named === "" ? ["terraform", "tofu"] : [named]).find((binary) => {
  try {
    return execFileSync(binary, ["version"], { stdio: "pipe" }).length > 0;
  } catch {
    return false;
  }
});

/** Whether a real Terraform or OpenTofu is on this machine. */
export const hasTerraform = found !== undefined;
if (!hasTerraform) console.warn("SKIPPED: neither terraform nor tofu is on this machine.");

/** The one that tests start, chosen as commands choose it: what TERRAFORM_BINARY_NAME names, or the first that runs. */
export const TERRAFORM = found ?? "terraform";

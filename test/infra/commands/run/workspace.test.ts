import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { terraform, terraformToPlan } from "../../../../infra/commands/run/workspace.ts";
import { newFolder } from "../../../support/new-folder.ts";
import { SPEC } from "../../specification/specs.ts";

/** Terraform as far as its version, and nothing else of this machine. */
async function onlyTerraform(): Promise<void> {
  const home = await newFolder();
  const binary = join(home, "terraform");
  await writeFile(binary, '#!/bin/sh\necho \'{"terraform_version":"1.11.4"}\'\n', { mode: 0o755 });
  vi.stubEnv("HOME", home);
  vi.stubEnv("TERRAFORM_BINARY_NAME", binary);
  for (const name of ["CLOUDFLARE_BASE_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"])
    vi.stubEnv(name, undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

const R2 = { type: "r2", accountId: "0".repeat(32), bucket: "earlier-state", key: "s.tfstate" } as const;
const promoted = { spec: { ...SPEC, promotedFrom: { environment: "abnahme", backend: R2 } } };

describe("credentials for the state of the environment that another is promoted from", () => {
  it("are missed before anything is planned", async () => {
    await onlyTerraform();
    await expect(terraformToPlan(promoted)).rejects.toMatchObject({
      code: "bucket-credentials-missing",
      message: expect.stringContaining("earlier-state"),
    });
  });

  it("are not needed to go back, to verify or to take down", async () => {
    await onlyTerraform();
    await expect(terraform(promoted)).resolves.toBeTypeOf("function");
  });
});

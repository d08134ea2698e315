import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initError } from "../../../infra/terraform/init-error.ts";
import { pluginFolder, requiredProvider } from "../../../infra/terraform/required-provider.ts";
import { synthesized } from "../connector/synthesized.ts";
import { SPEC } from "../specification/specs.ts";

const OUTPUT = "Error: Failed to query available provider packages";

async function stackFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "test-init-"));
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify(synthesized(SPEC)));
  return folder;
}

describe("a provider that is not there", () => {
  it("is named with its version, the stack, the folder to put it into, and the way without any", async () => {
    const folder = await stackFolder();
    const provider = requiredProvider(folder);
    const binary = { file: "terraform", name: "Terraform 1.11.4" };
    const { code, message } = initError(
      { environment: "staging", backend: SPEC.backend, binary, folder, provider },
      OUTPUT,
      OUTPUT,
    );
    expect(code).toBe("provider-missing");
    expect(message).toMatch(/cannot find the Cloudflare provider \d+\.\d+\.\d+ for the stack in /);
    expect(message).toContain(folder);
    expect(message).toContain(pluginFolder(provider));
    expect(message).toContain('"npx queueit-cf preview"');
  });

  it("is named without a version where the stack cannot be read", () => {
    const binary = { file: "terraform", name: "Terraform 1.11.4" };
    const nowhere = {
      environment: "staging",
      backend: SPEC.backend,
      binary,
      folder: "/nowhere",
      provider: requiredProvider("/nowhere"),
    };
    expect(initError(nowhere, OUTPUT, OUTPUT).message).toContain(
      "cannot find the Cloudflare provider for the",
    );
  });
});

it("goes where Terraform looks for it on this machine", () => {
  const folder = pluginFolder({ source: "cloudflare/cloudflare", version: "5.14.0" });
  expect(folder).toMatch(
    /plugins\/registry\.terraform\.io\/cloudflare\/cloudflare\/5\.14\.0\/[a-z]+_[a-z\d]+$/,
  );
});

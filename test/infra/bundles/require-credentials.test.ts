import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireCredentials } from "../../../infra/bundles/require-credentials.ts";
import { newFolder } from "../../support/new-folder.ts";

const R2 = { type: "r2", accountId: "0".repeat(32), bucket: "our-state", key: "s.tfstate" } as const;
const S3 = { type: "s3", region: "eu-west-1", bucket: "our-state", key: "s.tfstate" } as const;

describe("credentials of the bucket of a state", () => {
  it("are missed before Terraform looks for a role of Amazon's machines", async () => {
    await expect(requireCredentials(R2, { HOME: await newFolder() })).rejects.toMatchObject({
      code: "bucket-credentials-missing",
      message: expect.stringContaining("our-state"),
    });
  });

  it.each([R2, S3])("are refused in half: $type", async (backend) => {
    const variables = { HOME: await newFolder(), AWS_ACCESS_KEY_ID: "AKIAFAKE" };
    await expect(requireCredentials(backend, variables)).rejects.toMatchObject({
      code: "bucket-credentials-missing",
      message: expect.stringContaining("Set AWS_SECRET_ACCESS_KEY to credentials"),
    });
  });

  it("may be in a profile, or on Amazon's machines for a bucket of Amazon's", async () => {
    const home = await newFolder();
    await expect(requireCredentials(S3, { HOME: home })).resolves.toBeUndefined();
    await expect(requireCredentials(R2, { HOME: home, AWS_PROFILE: "r2" })).resolves.toBeUndefined();
    await mkdir(join(home, ".aws"));
    await writeFile(join(home, ".aws", "credentials"), "[default]\n");
    await expect(requireCredentials(R2, { HOME: home })).resolves.toBeUndefined();
  });

  it("are nobody's matter where the state is a file", async () => {
    await expect(requireCredentials({ type: "local", path: "x.tfstate" }, {})).resolves.toBeUndefined();
  });
});

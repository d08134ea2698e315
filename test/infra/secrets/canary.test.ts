import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";

const SECRETS = {
  TF_VAR_queueit_secret_key: "not-a-real-secret-key-7d1f",
  TF_VAR_queueit_api_key: "not-a-real-api-key-52aa",
  TF_VAR_queueit_direct_pass_key: "not-a-real-pass-key-90c3",
  CLOUDFLARE_API_TOKEN: "not-a-real-token-e41b",
  QUEUEIT_SECRET_KEY: "not-a-real-worker-secret-18d0",
};

describe("secrets in the environment of the process", () => {
  it("reach neither what is synthesized nor what is printed", async () => {
    const output = await mkdtemp(join(tmpdir(), "test-synth-"));
    const { stdout, stderr } = await promisify(execFile)(
      "node",
      ["--import", "./infra/typescript.mjs", "infra/main.ts"],
      {
        cwd: PACKAGE_ROOT,
        env: { ...process.env, ...SECRETS, CDKTF_OUTDIR: output },
      },
    );
    const files = (await readdir(output, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    const contents = await Promise.all(
      files.map((file) => readFile(join(file.parentPath, file.name), "utf8")),
    );
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["cdk.tf.json", "worker.mjs"]));
    for (const secret of Object.values(SECRETS)) {
      expect([stdout, stderr, ...contents].filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});

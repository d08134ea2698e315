import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { newFolder } from "../../support/new-folder.ts";
import { type Ran, runIn } from "./cli.ts";

const NOTHING = { PATH: "/usr/bin:/bin", HOME: "/nonexistent" };
const READY = [
  "CLOUDFLARE_API_TOKEN=fake-token",
  "TF_VAR_queueit_secret_key='fake-secret-key'",
  "TF_VAR_accept_example_values=true",
  "TERRAFORM_BINARY_NAME=first-terraform",
].join("\n");

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

/** Plans, which ends where Terraform is looked for by the name that the variables give it. */
function plan(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runIn({ ...NOTHING, ...variables }, ...args, "plan", "staging");
}

describe("--env-file", () => {
  it("gives a command the variables that it needs", async () => {
    const path = await file(".env", READY);
    expect((await plan([])).stderr).toContain("error example-values");
    expect((await plan(["--env-file", path])).stderr).toContain("first-terraform");
  });

  it("may stand after the command, too", async () => {
    const path = await file(".env", READY);
    const { stderr } = await runIn(NOTHING, "plan", "staging", "--env-file", path);
    expect(stderr).toContain("first-terraform");
  });

  it("is never read without being named", async () => {
    await file(".env", READY);
    await mkdir(join(folder, "infra/environments"), { recursive: true });
    const { stderr } = await plan(["--project", folder]);
    expect(stderr).toContain("error no-environment");
    expect(stderr).not.toContain("first-terraform");
  });

  it("gives way to what is exported, and an earlier file to a later one", async () => {
    const paths = [
      await file("a.env", READY),
      await file("b.env", "TERRAFORM_BINARY_NAME=second-terraform\n"),
    ].flatMap((path) => ["--env-file", path]);
    expect((await plan(paths)).stderr).toContain("second-terraform");
    const exported = { TERRAFORM_BINARY_NAME: "exported-terraform" };
    expect((await plan(paths, exported)).stderr).toContain("exported-terraform");
  });

  it("names the line that is wrong, and never what it holds", async () => {
    const path = await file(".env", `${READY}\nQUEUEIT_SECRET_KEY_QA=fake secret value\n`);
    const { code, stdout, stderr } = await plan(["--env-file", path]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error env-file Line 5 of the file of --env-file, .*sets QUEUEIT_SECRET_KEY_QA to/,
    );
    expect(stdout + stderr).not.toMatch(/fake secret|fake-secret/);
  });

  it("is refused where it is not there, is a folder or is not text", async () => {
    const binary = join(folder, "binary");
    await writeFile(binary, Buffer.from([0x41, 0x3d, 0xff, 0xfe]), { mode: 0o600 });
    for (const [path, why] of [
      [join(folder, "nowhere"), "is not there"],
      [folder, "is a folder"],
      [binary, "is not UTF-8"],
    ] as const) {
      const { code, stderr } = await plan(["--env-file", path]);
      expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
    }
  });

  it.skipIf(process.platform === "win32")("is refused where somebody else has emptied the pipe", () => {
    const { stderr } = spawnSync(
      "bash",
      ["-c", '"$0" infra/queueit-cf.mjs validate --env-file <(:)', process.execPath],
      { cwd: PACKAGE_ROOT, encoding: "utf8", env: { ...process.env, COLUMNS: "1000" }, timeout: 60_000 },
    );
    expect(stderr).toContain("Node.js may have read it first");
  });

  it("warns where others can read it or write to it", async () => {
    const path = await file(".env", READY);
    expect((await plan(["--env-file", path])).stderr).not.toContain("warning");
    for (const mode of [0o644, 0o640, 0o602]) {
      await chmod(path, mode);
      expect((await plan(["--env-file", path])).stderr).toContain(`chmod 600 ${path}`);
    }
  });

  it("gives secrets that nothing shows", async () => {
    const path = await file(".env", READY.replace("first-terraform", "fake-secret-key"));
    const { stdout, stderr } = await plan(["--env-file", path]);
    expect(stderr).toContain("error terraform");
    expect(stdout + stderr).not.toContain("fake-secret-key");
  });
});

describe("--project", () => {
  it("is refused where it is not a folder", async () => {
    const { code, stderr } = await runIn(NOTHING, "validate", "--project", join(folder, "nowhere"));
    expect([code, stderr]).toEqual([1, expect.stringContaining("error project-missing")]);
  });

  it("is for one command alone", async () => {
    await runIn(NOTHING, "validate", "--project", folder);
    expect(await runIn(NOTHING, "validate")).toMatchObject({ code: 0 });
  });
});

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runIn } from "./cli.ts";

/** Nothing of this machine's own: no account, no secret, no Terraform. */
const NOTHING = { PATH: "/usr/bin:/bin", HOME: "/nonexistent" };

/** What every deploy of the examples needs, none of it real. */
const READY = {
  ...NOTHING,
  CLOUDFLARE_API_TOKEN: "fake-token",
  CLOUDFLARE_BASE_URL: "http://127.0.0.1:9/client/v4",
  QUEUEIT_LOCAL_EDGE: "http://localhost:9",
  TF_VAR_queueit_secret_key: "fake-secret-key",
  TF_VAR_accept_example_values: "true",
  TERRAFORM_BINARY_NAME: "no-such-terraform",
};

const COMMANDS = ["plan", "deploy", "promote", "rollback", "drift", "destroy"] as const;

describe.each(COMMANDS)("queueit-cf %s", (command) => {
  const environment = command === "promote" ? "production" : "staging";

  it("refuses an environment that is not there, with the nearest name", async () => {
    const { code, stderr } = await runIn(READY, command, "stagin");
    expect([code, stderr.includes("Did you mean staging?")]).toEqual([1, true]);
  });

  it("refuses example values before Terraform is asked", async () => {
    const strict = { ...READY, TF_VAR_accept_example_values: "false" };
    const { code, stderr } = await runIn(strict, command, environment);
    expect(code).toBe(1);
    expect(stderr).toContain('accountId is "0123456789abcdef0123456789abcdef"');
  });

  it("names every variable that is missing", async () => {
    const { code, stderr } = await runIn(
      { ...NOTHING, TF_VAR_accept_example_values: "true", TF_VAR_queueit_secret_key: "" },
      command,
      environment,
    );
    expect(code).toBe(1);
    expect(stderr).toContain("CLOUDFLARE_API_TOKEN, TF_VAR_queueit_secret_key");
  });

  it("refuses a secret with a line break before Terraform is asked, and does not show it", async () => {
    const { code, stdout, stderr } = await runIn(
      { ...READY, TF_VAR_queueit_secret_key: "fake-secret-key\n" },
      command,
      environment,
    );
    expect(code).toBe(1);
    expect(stderr).toContain("TF_VAR_queueit_secret_key ends with a line break");
    expect(stdout + stderr).not.toMatch(/fake-secret-key|no-such-terraform/);
  });

  it("says that there is no Terraform, and what to do", async () => {
    const { code, stderr } = await runIn(READY, command, environment);
    expect(code).toBe(1);
    expect(stderr).toContain("no-such-terraform");
    expect(stderr).toContain("TERRAFORM_BINARY_NAME");
  });

  it("has help with examples and exit codes", async () => {
    const { code, stdout } = await runIn(NOTHING, command, "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:[\s\S]*Exit codes:/);
  });
});

describe("queueit-cf verify", () => {
  it("needs the secret key, and no token of Cloudflare's", async () => {
    const { code, stderr } = await runIn({ ...NOTHING, TERRAFORM_BINARY_NAME: "none" }, "verify", "staging");
    expect(code).toBe(1);
    expect(stderr).toContain("TF_VAR_queueit_secret_key");
  });

  it("refuses a secret key that the Worker reads otherwise", async () => {
    const { code, stderr } = await runIn(
      { ...READY, TF_VAR_queueit_secret_key: " fake" },
      "verify",
      "staging",
    );
    expect([code, stderr.includes("variables-unclean")]).toEqual([1, true]);
  });

  it("says where the sites of a local Cloudflare have to be named", async () => {
    const { stderr } = await runIn({ ...READY, QUEUEIT_LOCAL_EDGE: "" }, "verify", "staging");
    expect(stderr).toContain("QUEUEIT_LOCAL_EDGE");
  });
});

describe("queueit-cf destroy", () => {
  it("refuses the name of another environment before Terraform is asked", async () => {
    const { code, stderr } = await runIn(READY, "destroy", "staging", "--yes", "production");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^error name-not-confirmed The name given is "production", not staging, so nothing was/,
      ),
    ]);
  });
});

describe("what deploys", () => {
  it("refuses a review that is neither a digest nor a report", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "test-reviewed-")), "report.json");
    await writeFile(file, '{"schema":"something else"}');
    // The stand-in answers as Terraform does when it is asked for its version.
    const terraform = join(await mkdtemp(join(tmpdir(), "test-terraform-")), "terraform");
    await writeFile(terraform, '#!/bin/sh\necho \'{"terraform_version":"1.11.4"}\'\n', { mode: 0o755 });
    const ready = { ...READY, TERRAFORM_BINARY_NAME: terraform };
    const { code, stderr } = await runIn(ready, "deploy", "staging", "--reviewed", file, "--yes");
    expect([code, stderr.includes("neither a digest")]).toEqual([1, true]);
  });

  it("refuses a Terraform that is too old", async () => {
    const terraform = join(await mkdtemp(join(tmpdir(), "test-terraform-")), "terraform");
    await writeFile(terraform, '#!/bin/sh\necho \'{"terraform_version":"1.9.8"}\'\n', { mode: 0o755 });
    const { stderr } = await runIn({ ...READY, TERRAFORM_BINARY_NAME: terraform }, "plan", "staging");
    expect(stderr).toContain("Terraform 1.9.8 is too old: the stacks need 1.10 or later");
  });

  it("refuses to promote what is promoted from nothing", async () => {
    const { stderr } = await runIn(READY, "promote", "staging");
    expect(stderr).toContain("promotedFrom");
  });

  it("never repeats a secret or a token", async () => {
    for (const command of COMMANDS) {
      const { stdout, stderr } = await runIn(READY, command, "staging");
      expect(stdout + stderr).not.toMatch(/fake-token|fake-secret-key/);
    }
  });
});

describe("what can be known before a plan is made", () => {
  it.each([
    ["a folder that is not there", "/no/such/folder/report.md", "ENOENT"],
    ["a folder in the file's place", tmpdir(), "EISDIR"],
    ["a file in a folder's place", "/etc/hostname/report.md", "ENOTDIR"],
  ])("is told then, and not after it: %s", async (_name, path, reason) => {
    for (const args of [
      ["plan", "staging", "--out", path],
      ["plan", "staging", "--markdown", path],
      ["drift", "staging", "--markdown", path],
      ["report", "test/fixtures/plans/route-removed.json", "--out", path],
    ]) {
      const { code, stderr } = await runIn(READY, ...args);
      expect([args[0], code, stderr]).toEqual([
        args[0],
        1,
        expect.stringMatching(new RegExp(`^error report-unwritable .*${reason}`)),
      ]);
    }
  });

  it("is a local Cloudflare that was stopped: one paragraph, and how to start it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "test-stopped-"));
    const terraform = join(folder, "terraform");
    await writeFile(terraform, `#!/bin/sh\necho '{"terraform_version":"1.11.4"}'\n`, { mode: 0o755 });
    for (const command of COMMANDS) {
      const environment = command === "promote" ? "production" : "staging";
      const { code, stderr } = await runIn(
        { ...READY, TERRAFORM_BINARY_NAME: terraform },
        command,
        environment,
      );
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error local-not-running The local Cloudflare does not answer at .*: npx queueit-cf local\n$/,
      );
    }
  });
});

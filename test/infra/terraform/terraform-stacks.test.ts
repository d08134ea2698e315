import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, describe, expect, it } from "vitest";
import { terraformStacks } from "../../../infra/terraform/terraform-stacks.ts";
import { SPEC } from "../specification/specs.ts";

const STATE = "terraform.staging.tfstate";

/** Stacks of a program that stands in for Terraform, in a project of their own. */
async function standIn({ onTestFinished }: TestContext, script: string) {
  const projectRoot = await mkdtemp(join(tmpdir(), "test-stacks-"));
  onTestFinished(() => rm(projectRoot, { recursive: true, force: true }));
  const file = join(projectRoot, "stand-in");
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const outputFolder = join(projectRoot, "output");
  const open = terraformStacks({
    binary: { file, name: "Terraform 1.11.4" },
    projectRoot,
    outputFolder,
    isPrivate: true,
    variables: { PATH: process.env["PATH"], TF_VAR_queueit_secret_key: "fake-secret-key" },
    progress: () => undefined,
  });
  return {
    projectRoot,
    outputFolder,
    openWith: open,
    open: () => open({ ...SPEC, backend: { type: "local", path: STATE } }),
  };
}

const planOf = async (open: () => ReturnType<Awaited<ReturnType<typeof standIn>>["open"]>) =>
  (await open()).plan("apply");

describe("Terraform that something else ends", () => {
  it.for([
    ["init", "initialising staging"],
    ["plan", "planning staging"],
    ["show", "reading the plan of staging"],
  ] as const)(
    "during %s is reported with what happened, what it means, and what to do",
    async ([step, doing], test) => {
      const script =
        `[ $1 = ${step} ] && { echo '{"@level":"info","@message":"at work with fake-secret-key'; kill -9 $$; }\n` +
        `for each; do case $each in -out=*) echo plan > "\${each#-out=}";; esac; done`;
      const { open } = await standIn(test, script);
      const error = String(await planOf(open).catch((reason: unknown) => reason));
      expect(error).toContain(`did not finish ${doing}. It was ended by SIGKILL`);
      expect(error).toMatch(/memory.*Nothing was changed, and the state is as it was\. Fix what ended it/);
      expect(error).not.toMatch(/fake-secret-key|@level/);
    },
  );

  it("is known behind a shell, too", async (test) => {
    const { open } = await standIn(test, "[ $1 = plan ] && exit 137; exit 0");
    await expect(planOf(open)).rejects.toThrow("It was ended by SIGKILL");
  });

  it("is reported with what it did and what may exist only in the account, when it was applying", async (test) => {
    const message = (type: string, addr: string) =>
      `echo '{"@message":"${addr}","type":"${type}","hook":{"resource":{"addr":"${addr}"}}}'`;
    const apply = [
      message("apply_start", "a.b"),
      message("apply_complete", "a.b"),
      message("apply_start", "c.d"),
    ];
    const { open } = await standIn(
      test,
      'case $1 in plan) for each; do case $each in -out=*) echo plan > "${each#-out=}";; esac; done;;' +
        `show) echo '{}';; apply) ${apply.join("; ")}; kill -9 $$;; esac`,
    );
    const planned = await planOf(open);
    expect(await planned.apply()).toMatchObject({
      ok: false,
      reason: expect.stringContaining("It was ended by SIGKILL") as string,
      brokenOff: { by: undefined, killedBy: "SIGKILL", done: ["a.b"], unfinished: ["c.d"] },
    });
    await planned.discard();
  });
});

describe("Terraform that fails without an error to show", () => {
  it("is reported with how it ended, and never with a line of its messages", async (test) => {
    const line = '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}';
    const { open } = await standIn(test, `[ $1 = plan ] && { echo '${line}'; exit 3; }; exit 0`);
    await expect(planOf(open)).rejects.toThrow(
      /The plan of staging failed\. It ended with code 3\. .*Terraform 1\.11\.4$/,
    );
  });
});

describe("what holds secrets", () => {
  it("is for this user alone, also where it was for everybody before", async (test) => {
    const { open, projectRoot, outputFolder } = await standIn(test, "exit 0");
    await mkdir(outputFolder, { mode: 0o755 });
    const states = [join(projectRoot, STATE), join(projectRoot, `${STATE}.backup`)];
    for (const state of states) {
      await writeFile(state, "{}");
      await chmod(state, 0o644);
    }
    await open();
    for (const path of [...states, outputFolder]) expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it("is made for this user alone by Terraform", async (test) => {
    const { open, outputFolder } = await standIn(test, "[ $1 = plan ] && echo secret > made; exit 0");
    await planOf(open).catch(() => undefined);
    const made = join(outputFolder, "stacks", SPEC.environment, "made");
    expect((await stat(made)).mode & 0o777).toBe(0o600);
  });

  it("and could not be written to its place is brought there before anything else is planned", async (test) => {
    const { open, outputFolder } = await standIn(test, "exit 0");
    await mkdir(join(outputFolder, "stacks", SPEC.environment), { recursive: true });
    await writeFile(join(outputFolder, "stacks", SPEC.environment, "errored.tfstate"), "{}");
    await expect(open()).rejects.toThrow(/stand-in -chdir=.*staging state push errored\.tfstate/);
  });
});

const diagnostic = (summary: string, detail: string) =>
  JSON.stringify({
    "@level": "error",
    "@message": `Error: ${summary}`,
    type: "diagnostic",
    diagnostic: { severity: "error", summary, detail },
  });

describe("a refusal that Terraform tells in words of its own", () => {
  it.for([
    [
      "failed to make http request",
      '403 Forbidden {"errors":[{"code":10000,"message":"Authentication error"}]}',
    ],
    [
      "failed to make http request",
      '401 Unauthorized {"errors":[{"code":9109,"message":"Invalid access token"}]}',
    ],
  ] as const)("of the token is told in ours, without a report: %s %s", async ([summary, detail], test) => {
    const script = `[ $1 = plan ] || exit 0\ncat <<'END'\n${diagnostic(summary, detail)}\nEND\nexit 1`;
    const { open } = await standIn(test, script);
    const error: unknown = await planOf(open).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "token-refused" });
    expect(String(error)).toContain("Cloudflare refuses the API token in CLOUDFLARE_API_TOKEN");
    expect(String(error)).not.toMatch(/errors|http request/);
  });

  it.for([
    ["Error: No valid credential sources found. no EC2 IMDS role found", "bucket-credentials-missing"],
    [
      "Error: operation error S3: GetObject, StatusCode: 403, api error InvalidAccessKeyId",
      "bucket-credentials-refused",
    ],
    [
      "Error: operation error S3: ListObjectsV2, StatusCode: 401, api error Unauthorized",
      "bucket-credentials-refused",
    ],
  ] as const)("of the bucket is told in ours: %s", async ([words, code], test) => {
    const { openWith } = await standIn(test, `echo '${words}' >&2; exit 1`);
    const backend = { type: "r2", accountId: "0".repeat(32), bucket: "state", key: "s.tfstate" } as const;
    await expect(openWith({ ...SPEC, backend })).rejects.toMatchObject({ code });
  });
});

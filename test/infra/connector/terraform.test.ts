import { execFile } from "node:child_process";
import { mkdtemp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { CLEAN, UNCLEAN } from "../unclean.ts";
import { SPEC } from "../specification/specs.ts";
import { only, synthesized } from "./synthesized.ts";
import { hasTerraform, TERRAFORM } from "../../support/terraform.ts";

/**
 * Plans the parts of a stack that need no provider: its variables, its state, and the Worker's conditions on
 * a resource that is built into Terraform. Gives the exit code and everything Terraform said.
 */
async function plan(spec: ConnectorSpec, options: Options = {}): Promise<{ code: number; said: string }> {
  const json = synthesized(spec);
  const project = await mkdtemp(join(tmpdir(), "test-terraform-"));
  const stack = join(project, "cdktf.out", "stacks", spec.environment);
  await mkdir(stack, { recursive: true });
  const parts = {
    terraform: { backend: json.terraform.backend },
    variable: json.variable ?? {},
    ...(json.data?.["terraform_remote_state"] && {
      data: { terraform_remote_state: json.data["terraform_remote_state"] },
    }),
    resource: {
      terraform_data: {
        worker: { lifecycle: only(json, "cloudflare_workers_script")["lifecycle"] ?? {} },
        namespace: { lifecycle: only(json, "cloudflare_workers_kv_namespace")["lifecycle"] ?? {} },
      },
    },
  };
  await writeFile(join(stack, "main.tf.json"), JSON.stringify(parts));
  if (options.stagingRuns !== undefined) {
    const outputs = { bundle_sha256: { value: options.stagingRuns, type: "string" } };
    const state = {
      version: 4,
      terraform_version: "1.11.4",
      serial: 1,
      lineage: "staging",
      outputs,
      resources: [],
    };
    await writeFile(join(project, "terraform.staging.tfstate"), JSON.stringify(state));
  }
  const run = (...args: readonly string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const env = {
        ...process.env,
        CHECKPOINT_DISABLE: "1",
        TF_VAR_queueit_secret_key: "fake",
        ...options.env,
      };
      const child = execFile(TERRAFORM, args, { cwd: stack, env }, (_error, stdout, stderr) => {
        // Terraform wraps its lines at the width of the terminal.
        resolve({ code: child.exitCode ?? -1, said: (stdout + stderr).replaceAll(/[\s│╷╵]+/g, " ") });
      });
    });
  await run("init", "-no-color", "-input=false");
  return run("plan", "-no-color", "-input=false");
}

interface Options {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stagingRuns?: string;
}

describe.skipIf(!hasTerraform)("with the real Terraform, a plan", () => {
  const examples = { ...SPEC, exampleValues: ['accountId is "0123456789abcdef0123456789abcdef"'] };
  const promoted: ConnectorSpec = {
    ...SPEC,
    environment: "production",
    promotedFrom: { environment: "staging", backend: { type: "local", path: "terraform.staging.tfstate" } },
  };

  it("stops while example values are left, and names them", async () => {
    const { code, said } = await plan(examples);
    expect(code).toBe(1);
    expect(said).toContain(
      'accountId is "0123456789abcdef0123456789abcdef". Replace them in infra/environments',
    );
  });

  it("goes on with example values where they were accepted", async () => {
    expect((await plan(examples, { env: { TF_VAR_accept_example_values: "true" } })).code).toBe(0);
  });

  it("stops a bundle that the earlier environment does not run, and shows both", async () => {
    const { code, said } = await plan(promoted, { stagingRuns: "a".repeat(64) });
    expect(code).toBe(1);
    expect(said).toContain(
      `${SPEC.worker.file.sha256}, staging runs ${"a".repeat(64)}: deploy it to staging first.`,
    );
  });

  it("lets the bundle through that the earlier environment runs", async () => {
    expect((await plan(promoted, { stagingRuns: SPEC.worker.file.sha256 })).code).toBe(0);
  });

  it("stops where the earlier environment was never deployed", async () => {
    const { code, said } = await plan(promoted);
    expect(code).toBe(1);
    expect(said).toContain("state_of_staging");
  });

  it("stops at a secret that the Worker would read otherwise, and does not show it", async () => {
    const written = [...UNCLEAN, ""].map((value) =>
      plan(SPEC, { env: { TF_VAR_queueit_secret_key: value } }),
    );
    for (const { code, said } of await Promise.all(written)) {
      expect(code).toBe(1);
      expect(said).toContain("Set TF_VAR_queueit_secret_key to the value alone");
      expect(said).not.toMatch(/fake.*(key|pass)/);
    }
  });

  it("takes a secret that everybody reads alike", async () => {
    const written = CLEAN.map((value) => plan(SPEC, { env: { TF_VAR_queueit_secret_key: value } }));
    expect((await Promise.all(written)).map(({ code }) => code)).toEqual(CLEAN.map(() => 0));
  });

  it("asks for the secret instead of going on without it", async () => {
    const { code, said } = await plan(SPEC, { env: { TF_VAR_queueit_secret_key: undefined } });
    expect(code).toBe(1);
    expect(said).toContain('variable "queueit_secret_key" is not set');
  });
});

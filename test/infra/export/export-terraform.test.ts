import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportTerraform } from "../../../infra/export/export-terraform.ts";
import { hclOf } from "../../../infra/export/hcl.ts";
import { synthesize } from "../../../infra/connector/synthesize.ts";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { newFolder } from "../../support/new-folder.ts";
import { FIRST_FILE, PRODUCTION, STAGING, bindings, withWorker } from "../local/terraform/world.ts";
import { hasTerraform, TERRAFORM } from "../../support/terraform.ts";

const ODD = '${var.x} %{if} "quoted" $${y} ü';
const SPECS = [
  withWorker(
    { ...STAGING, backend: { type: "local", path: "terraform.staging.tfstate" } },
    {
      bindings: [
        ...bindings(ODD),
        { type: "plain_text", name: "QUEUEIT_FAILURE_MODE", text: "open" },
        { type: "plain_text", name: "QUEUEIT_BUNDLE_SHA256", text: FIRST_FILE.sha256 },
      ],
    },
  ),
  { ...PRODUCTION, backend: { type: "local", path: "states/production.tfstate" } },
] as const satisfies readonly ConnectorSpec[];

const STATE_OF_STAGING = JSON.stringify({
  version: 4,
  terraform_version: "1.11.4",
  serial: 1,
  lineage: "staging",
  outputs: { bundle_sha256: { value: FIRST_FILE.sha256, type: "string" } },
  resources: [],
});

type Body = Readonly<Record<string, unknown>>;

interface Stack {
  readonly variable?: unknown;
  readonly data?: Body;
  readonly locals?: unknown;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Body>>>>;
}

/** The same stack of what is built into Terraform, where it cannot have the provider: with all values and conditions. */
function builtIn({ variable, data, locals, resource }: Stack): unknown {
  const states = data?.["terraform_remote_state"];
  const all = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => {
      const input = JSON.stringify(without(body, ["lifecycle", "depends_on", "//"]));
      return [
        `${type}_${name}`,
        {
          input: JSON.parse(input.replaceAll(/\$\{cloudflare_(\w+\.\w+\.\w+)\}/g, "<$1>")) as unknown,
          lifecycle: without(body["lifecycle"] ?? {}, ["ignore_changes"]),
        },
      ] as const;
    }),
  );
  return {
    ...(variable !== undefined && { variable }),
    ...(locals !== undefined && { locals }),
    ...(states !== undefined && { data: { terraform_remote_state: states } }),
    resource: { terraform_data: Object.fromEntries(all) },
  };
}

function without(body: object, names: readonly string[]): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** The stack in a folder, of all of its files in JSON. */
async function stackIn(folder: string): Promise<Stack> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".tf.json"));
  const parts = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as object),
  );
  return Object.assign({}, ...parts) as Stack;
}

/** What the real Terraform reads in a stack. Its files are in that folder. */
async function readByTerraform(
  stack: Stack,
  folder: string,
  {
    hcl = false,
    variables = {},
  }: { readonly hcl?: boolean; readonly variables?: Readonly<Record<string, string>> } = {},
): Promise<unknown> {
  for (const name of await readdir(folder)) if (/\.tf(\.json)?$/.test(name)) await rm(join(folder, name));
  if (hcl) await writeFile(join(folder, "shown.tf"), hclOf(builtIn(stack)));
  else await writeFile(join(folder, "shown.tf.json"), JSON.stringify(builtIn(stack)));
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    TF_VAR_queueit_secret_key: "fake",
    TF_VAR_accept_example_values: "true",
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
  };
  const run = (...args: string[]) =>
    execFileSync(TERRAFORM, args, { cwd: folder, env, stdio: "pipe" }).toString();
  run("init", "-input=false");
  run("plan", "-input=false", "-out=plan.out");
  const plan = JSON.parse(run("show", "-json", "plan.out")) as {
    readonly planned_values: {
      readonly root_module: { readonly resources: readonly { address: string; values: unknown }[] };
    };
  };
  return plan.planned_values.root_module.resources.map(({ address, values }) => ({ address, values }));
}

/** Texts with everything that either syntax gives a meaning, and no reference. */
const TEXTS = fc
  .array(
    fc.constantFrom(
      "$${",
      "%%{",
      "$",
      "%",
      "{",
      "}",
      '"',
      "\\",
      "\n",
      "\t",
      "\r",
      "é",
      "\u2028",
      "a",
      "\\n",
      "\u0001",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""))
  .filter((text) => !/(?:^|[^$])\$\{|(?:^|[^%])%\{|[$]{3}|[%]{3}/.test(text));

describe("an export", () => {
  it("has a folder for each environment, with the bundle where the stack had it", async () => {
    const folder = join(await newFolder(), "exported");
    await exportTerraform(SPECS, { folder, projectRoot: "/project", syntax: "json" });
    expect((await readdir(folder)).sort()).toEqual(["production", "staging"]);
    const files = await readdir(join(folder, "staging"), { recursive: true });
    const bundle = files.find((name) => name.endsWith("worker.mjs")) ?? "";
    expect(await readFile(join(folder, "staging", bundle), "utf8")).toBe(
      await readFile(FIRST_FILE.path, "utf8"),
    );
    expect(await readFile(join(folder, "staging", "main.tf.json"), "utf8")).toContain(
      `"content_file": "${bundle}"`,
    );
  });

  it("is refused where something is already, and writes none of them then", async () => {
    const folder = await newFolder();
    await mkdir(join(folder, "production"));
    await writeFile(join(folder, "production", "mine.tf"), "");
    await expect(
      exportTerraform(SPECS, { folder, projectRoot: "/project", syntax: "json" }),
    ).rejects.toMatchObject({
      code: "export-folder",
    });
    expect(await readdir(folder)).toEqual(["production"]);
  });

  it("names every secret by its variable only, and says which to set", async () => {
    const folder = await newFolder();
    await exportTerraform(SPECS, { folder, projectRoot: "/project", syntax: "json" });
    expect(await readFile(join(folder, "staging", "README.md"), "utf8")).toContain(
      "export TF_VAR_queueit_secret_key=…",
    );
  });

  describe.skipIf(!hasTerraform)("as the real Terraform reads it", () => {
    it.for(SPECS)("has the values of the stack, in both syntaxes: $environment", async (spec) => {
      const project = await newFolder();
      const outputFolder = join(project, "cdktf.out");
      const exported = join(project, "exported", spec.environment);
      await exportTerraform([spec], {
        folder: join(project, "exported"),
        projectRoot: project,
        syntax: "json",
      });
      synthesize([spec], { projectRoot: project, outputFolder });
      await writeFile(join(project, "terraform.staging.tfstate"), STATE_OF_STAGING);
      const synthesized = join(outputFolder, "stacks", spec.environment);
      const ofStack = await readByTerraform(await stackIn(synthesized), synthesized);
      const stack = await stackIn(exported);
      expect(await readByTerraform(stack, exported)).toEqual(ofStack);
      expect(await readByTerraform(stack, exported, { hcl: true })).toEqual(ofStack);
    });

    it("refuses a setting that the Worker does not take", async () => {
      const folder = await newFolder();
      await exportTerraform([SPECS[0]], { folder, projectRoot: folder, syntax: "json" });
      const exported = join(folder, "staging");
      const variables = { queueit_failure_mode: "ajar" };
      await expect(readByTerraform(await stackIn(exported), exported, { variables })).rejects.toThrow(
        /queueit_failure_mode is one of open, closed/,
      );
    });

    it("is the same text in both syntaxes, whatever is in it", async () => {
      const texts = fc.sample(TEXTS, 200);
      const stack: Stack = { resource: { cloudflare_x: { all: { texts } } } };
      const [json, hcl] = [await newFolder(), await newFolder()];
      expect(await readByTerraform(stack, hcl, { hcl: true })).toEqual(await readByTerraform(stack, json));
    });
  });
});

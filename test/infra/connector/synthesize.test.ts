import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { synthesize } from "../../../infra/connector/synthesize.ts";
import { SPEC } from "../specification/specs.ts";
import type { TerraformJson } from "./synthesized.ts";

describe("synthesizing", () => {
  let projectRoot: string;
  const stackFile = (...path: readonly string[]) => join(projectRoot, "out", "stacks", ...path);
  const run = (options: { readonly destroyable?: string } = {}) =>
    synthesize([SPEC, { ...SPEC, environment: "production" }], {
      projectRoot,
      outputFolder: join(projectRoot, "out"),
      ...options,
    });
  const protectedFrom = (environment: string) => {
    const json = JSON.parse(readFileSync(stackFile(environment, "cdk.tf.json"), "utf8")) as TerraformJson;
    return json.resource["cloudflare_workers_kv_namespace"]?.["queueit_integration_config"]?.["lifecycle"];
  };

  beforeEach(() => {
    projectRoot = mkdtempSync(join(tmpdir(), "test-synthesize-"));
  });

  it("writes one stack per environment", () => {
    run();
    expect(readdirSync(stackFile()).sort()).toEqual(["production", "staging"]);
  });

  it("puts the bundle where the stack says it is, byte by byte", () => {
    run();
    const json = JSON.parse(readFileSync(stackFile("staging", "cdk.tf.json"), "utf8")) as TerraformJson;
    const worker = json.resource["cloudflare_workers_script"]?.["queueit_worker"];
    const copy = readFileSync(stackFile("staging", String(worker?.["content_file"])));
    expect(copy.equals(readFileSync(SPEC.worker.file.path))).toBe(true);
  });

  it("writes the same bytes every time", () => {
    run();
    const first = readFileSync(stackFile("staging", "cdk.tf.json"), "utf8");
    run();
    expect(readFileSync(stackFile("staging", "cdk.tf.json"), "utf8")).toBe(first);
  });

  it("lifts the protection of the one namespace that is to be destroyed", () => {
    run({ destroyable: "staging" });
    expect(protectedFrom("staging")).toMatchObject({ prevent_destroy: false });
    expect(protectedFrom("production")).toMatchObject({ prevent_destroy: true });
  });

  it("hands every stack the reviewed provider lock file", () => {
    writeFileSync(join(projectRoot, ".terraform.lock.hcl"), "# reviewed\n");
    run();
    expect(readFileSync(stackFile("production", ".terraform.lock.hcl"), "utf8")).toBe("# reviewed\n");
  });

  it("needs no lock file", () => {
    run();
    expect(existsSync(stackFile("staging", ".terraform.lock.hcl"))).toBe(false);
  });
});

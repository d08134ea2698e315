import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { workflowLinter } from "../support/workflow-linter.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { block, workflow } from "./terraform-page.ts";
import { mapping, text } from "./yaml.ts";

describe("the workflow of docs/testing-terraform-for-workers.md", () => {
  let pins: readonly string[] = [];
  beforeAll(() => {
    const folders = [".github/workflows", ".github/actions/prepare", ".github/actions/terraform"].map(
      (folder) => join(PACKAGE_ROOT, folder),
    );
    const sources = folders.flatMap((folder) =>
      readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")),
    );
    pins = sources.flatMap((source) => source.match(/(?<=uses: )\S+@[0-9a-f]{40} # v[\d.]+/g) ?? []);
  });

  it("has nothing that a linter finds", async () => {
    const lint = await workflowLinter();
    expect(lint(block("yaml", "workflow"), ".github/workflows/terraform-test.yml")).toEqual([]);
  });

  it("uses actions at the commits that this repository's own workflows use", () => {
    const used = block("yaml", "workflow").match(/(?<=uses: ).*/g) ?? [];
    expect(used.length).toBeGreaterThanOrEqual(3);
    expect(used.filter((action) => !pins.includes(action))).toEqual([]);
  });

  it("may read the repository and nothing else, leaves no token behind, and needs no secret", async () => {
    const { read, steps } = await workflow();
    expect(read["permissions"]).toEqual({ contents: "read" });
    expect(block("yaml", "workflow")).not.toMatch(
      /secrets\.|pull_request_target|upload-artifact|actions\/cache/,
    );
    const checkout = steps.find(({ uses }) => text(uses).startsWith("actions/checkout@"));
    expect(text(mapping(checkout?.["with"])["persist-credentials"])).toBe("false");
    for (const { run } of steps) expect(text(run)).not.toContain("${{");
  });
});

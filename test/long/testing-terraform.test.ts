import { describe, expect, it } from "vitest";
import { block, installed, runShell, workflow } from "../workflows/terraform-page.ts";
import { text } from "../workflows/yaml.ts";

describe("the workflow of docs/testing-terraform-for-workers.md", () => {
  it("works as steps of its workflow, with the curl lines in the place of Terraform", async () => {
    const folder = await installed();
    const { steps } = await workflow();
    const script = steps.flatMap(({ run }) => {
      const lines = text(run);
      if (lines.startsWith("terraform apply"))
        return [`. ./github.export`, block("sh", "deploy").split("\ntest ")[0]];
      if (lines.includes("queueit-cf local"))
        return [lines, `sed 's/^/export /' "$GITHUB_ENV" > github.export`];
      return run === undefined || /^(?:npm|terraform) /.test(lines) ? [] : [lines];
    });
    expect(script.length).toBeGreaterThan(5);
    const { code, output } = await runShell(folder, script.join("\n"));
    expect(output).not.toContain('"success":false');
    expect(code).toBe(0);
  });
});

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { COMMENT_LIMIT } from "../../infra/plan/report/markdown.ts";
import { newFolder } from "../support/new-folder.ts";
import { list, mapping, parseYaml, text, type YamlMapping } from "./yaml.ts";

const REPORT = "<!-- queueit-cf plan staging -->\n## Plan\n\nDigest `a`\n";

describe("a rehearsal in the plan workflow", () => {
  let steps: readonly YamlMapping[] = [];
  const names = () => steps.map(({ name }) => text(name));
  const step = (name: string) => steps[names().indexOf(name)] ?? {};

  beforeAll(async () => {
    const workflow = mapping(
      await parseYaml(readFileSync(join(PACKAGE_ROOT, ".github/workflows/plan.yml"), "utf8")),
    );
    steps = list(mapping(mapping(workflow["jobs"])["plan"])["steps"]).map(mapping);
  });

  it("is made only where a repository wants it, after the plan, and gets no secret", () => {
    expect(text(step("Rehearse a sale")["if"])).toBe(
      "vars.QUEUEIT_REHEARSE == 'on' && github.event_name == 'pull_request'",
    );
    expect(step("Rehearse a sale")).not.toHaveProperty("env");
    expect(names().indexOf("Rehearse a sale")).toBeGreaterThan(names().indexOf("Plan"));
  });

  it("is in the comment before it makes the check red", () => {
    const order = [
      "Rehearse a sale",
      "Put the rehearsal below the plan",
      "Review",
      "Be red where a promise was broken",
    ];
    const places = order.map((name) => names().indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text(step("Rehearse a sale")["continue-on-error"])).toBe("true");
    expect(text(step("Be red where a promise was broken")["if"])).toBe("steps.rehearse.outcome == 'failure'");
  });

  /** The comment that the step makes, as the runner's shell runs it. */
  async function commentWith(summary: string | undefined, report = REPORT): Promise<string> {
    const folder = await newFolder();
    await writeFile(join(folder, "comment.md"), report);
    if (summary !== undefined) {
      await mkdir(join(folder, "rehearsal"));
      await writeFile(join(folder, "rehearsal/summary.md"), summary);
    }
    const script = text(step("Put the rehearsal below the plan")["run"]);
    const env = {
      PATH: process.env["PATH"],
      RUNNER_TEMP: folder,
      GITHUB_STEP_SUMMARY: join(folder, "summary"),
    };
    execFileSync("bash", ["-e", "-c", script], { env });
    return readFile(join(folder, "comment.md"), "utf8");
  }

  it("stands below the report of the plan, whose lines stay as they are", async () => {
    expect(await commentWith("### Rehearsal\n")).toBe(`${REPORT}\n### Rehearsal\n`);
  });

  it("says so where it could not be made", async () => {
    expect(await commentWith(undefined)).toBe(`${REPORT}\n### No rehearsal: the log of this run says why\n`);
  });

  it("leaves a comment that would be too long as GitHub takes it", async () => {
    const comment = await commentWith("x".repeat(12_000), REPORT + "y".repeat(COMMENT_LIMIT - 4000));
    expect(comment).toContain("here was no room for it");
    expect(comment.length).toBeLessThan(COMMENT_LIMIT - 1024);
  });
});

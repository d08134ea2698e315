import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { acceptanceLabel } from "../../infra/github/acceptance.ts";
import { complaint, queueitCfCalls } from "./command-lines.ts";
import { list, mapping, parseYaml, text, type YamlMapping } from "./yaml.ts";

const page = readFileSync(join(PACKAGE_ROOT, "docs/ci.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block]) => block ?? "");

/** The jobs of the GitLab recipe, by their names. */
async function gitlabJobs(): Promise<ReadonlyMap<string, YamlMapping>> {
  const [recipe = ""] = blocks("yaml");
  const { stages, variables, default: shared, workflow, ...jobs } = mapping(await parseYaml(recipe));
  expect([list(stages).length, shared, workflow]).not.toContain(undefined);
  expect(text(mapping(variables)["NPM_CONFIG_YES"])).toBe("false");
  return new Map(Object.entries(jobs).map(([name, job]) => [name, mapping(job)]));
}

const scripts = async () =>
  [...(await gitlabJobs()).values()].flatMap(({ script }) => list(script).map(text));

describe("docs/ci.md", () => {
  it("calls queueit-cf as it wants to be called, in the shell and in the GitLab recipe", async () => {
    const calls = [...blocks("sh"), ...(await scripts())].flatMap(queueitCfCalls);
    expect(calls.length).toBeGreaterThan(12);
    expect(calls.map((call) => [call.join(" "), complaint(call)]).filter(([, said]) => said)).toEqual([]);
  });

  it("has shell in the GitLab recipe that a shell can read", async () => {
    for (const script of await scripts()) {
      expect(() => execFileSync("bash", ["-n"], { input: script, stdio: "pipe" })).not.toThrow();
    }
  });

  it("puts every job of the GitLab recipe into a stage that is there, itself or by what it extends", async () => {
    const jobs = await gitlabJobs();
    const stages = list(mapping(await parseYaml(blocks("yaml")[0] ?? ""))["stages"]);
    for (const [name, job] of jobs) {
      const base = "extends" in job ? jobs.get(text(job["extends"])) : job;
      expect(stages, name).toContain(base?.["stage"]);
    }
  });

  it("names every workflow, every secret they use and every label", () => {
    const folder = join(PACKAGE_ROOT, ".github/workflows");
    const sources = readdirSync(folder).map((name) => {
      expect(page).toContain(`\`${name}\``);
      return readFileSync(join(folder, name), "utf8");
    });
    const secrets = sources.flatMap((source) => [...source.matchAll(/secrets\.(\w+)/g)]);
    for (const [, secret] of secrets) expect(page).toContain(`\`${secret ?? ""}\``);
    for (const name of ["staging", "production"]) expect(page).toContain(`\`${acceptanceLabel(name)}\``);
  });
});

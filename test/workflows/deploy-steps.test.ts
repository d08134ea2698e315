import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { deployResultOf } from "../../infra/github/deploy-result.ts";
import { outcomeOf } from "../../infra/github/outcome.ts";
import { newFolder } from "../support/new-folder.ts";
import { list, mapping, parseYaml, text, type YamlMapping } from "./yaml.ts";

/** Values as nobody names anything, and as somebody might who wants a shell to run them. */
const ODD = [
  "$(touch pwned) `touch pwned` '; touch pwned; ' \" && touch pwned \" ${{ secrets.X }} a  b * \\ | & > pwned",
  "-x",
];

const DIGEST = "a".repeat(64);

async function stepsOf(workflow: string, job: string): Promise<readonly YamlMapping[]> {
  const source = readFileSync(join(PACKAGE_ROOT, ".github/workflows", workflow), "utf8");
  return list(mapping(mapping(mapping(await parseYaml(source))["jobs"])[job])["steps"]).map(mapping);
}

interface Ran {
  readonly code: number;
  /** Arguments of every call of queueit-cf. */
  readonly calls: readonly (readonly string[])[];
  readonly output: string;
  readonly file: (name: string) => Promise<string>;
  readonly pwned: boolean;
}

/** Runs the script of a step as the runner does, with a queueit-cf that only writes down what it is asked. */
async function run(
  step: YamlMapping | undefined,
  variables: Readonly<Record<string, string>>,
  answers = "",
  code = 0,
): Promise<Ran> {
  const folder = await newFolder();
  const npx = `#!/bin/sh\nprintf '%s\\0' "$@" END >> "$CALLS"\nprintf '%s' "$ANSWERS"\nexit ${code}\n`;
  await writeFile(join(folder, "npx"), npx, { mode: 0o755 });
  await Promise.all(["calls", "outputs"].map((name) => writeFile(join(folder, name), "")));
  const env = {
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
    CALLS: join(folder, "calls"),
    ANSWERS: answers,
    GITHUB_OUTPUT: join(folder, "outputs"),
    RUNNER_TEMP: folder,
    ...variables,
  };
  const outcome = { code: 0 };
  try {
    execFileSync("bash", ["-e", "-c", text(step?.["run"])], {
      cwd: folder,
      env,
      stdio: "pipe",
    });
  } catch (error) {
    outcome.code = (error as { status?: number }).status ?? -1;
  }
  const file = (name: string) => readFile(join(folder, name), "utf8").catch(() => "");
  const calls = (await file("calls"))
    .split("END\0")
    .slice(0, -1)
    .map((call) => call.split("\0").slice(0, -1));
  return { ...outcome, calls, output: await file("outputs"), file, pwned: (await file("pwned")) !== "" };
}

describe.each([
  ["deploy-reviewed.yml", "deploy", "Deploy exactly that", "deploy"],
  ["promote.yml", "promote", "Promote exactly what was approved", "promote"],
])("the steps of %s", (workflow, job, name, command) => {
  let steps: readonly YamlMapping[] = [];
  const step = (wanted: string) => steps.find((each) => text(each["name"]) === wanted);
  beforeAll(async () => {
    steps = await stepsOf(workflow, job);
  });

  it.each(ODD)("hand on %j as it is, and run none of it", async (odd) => {
    const key = { EARLIER_KEY_NAME: "QUEUEIT_SECRET_KEY_STAGING", EARLIER_KEY: odd };
    const { calls, code, pwned } = await run(step(name), {
      ENVIRONMENT: odd,
      DIGEST,
      DESPITE_FREEZE: odd,
      ...key,
    });
    const [call] = calls;
    expect([code, pwned]).toEqual([0, false]);
    expect(call).toEqual([
      "queueit-cf",
      command,
      odd,
      "--reviewed",
      DIGEST,
      "--yes",
      "--json",
      "--despite-freeze",
      odd,
    ]);
  });

  it("keep what the deploy and verifying it printed, also where they fail, and fail with them", async () => {
    const variables = {
      ENVIRONMENT: "staging",
      DIGEST,
      DESPITE_FREEZE: "",
      EARLIER_KEY_NAME: "K",
      EARLIER_KEY: "",
    };
    const deployed = await run(step(name), variables, '{"error":{}}', 1);
    expect([deployed.code, await deployed.file("deploy.json")]).toEqual([1, '{"error":{}}']);
    const verified = await run(step("Verify it"), variables, '{"passed":false}', 2);
    expect([verified.code, await verified.file("verify.json")]).toEqual([2, '{"passed":false}']);
  });

  it("hand on what came of it whatever came before", () => {
    expect(text(step("Hand on what came of it")?.["if"])).toBe("always()");
  });

  it.each(ODD)("tell the pull request without running any of %j", async (odd) => {
    const [tell] = (await stepsOf(workflow, "outcome")).slice(-1);
    const variables = { ENVIRONMENT: odd, PLANNED: "success", CHANGES: odd, DEPLOYED: odd, RESULT: odd };
    const { calls, pwned } = await run(tell, variables);
    expect(pwned).toBe(false);
    expect(calls[0]?.slice(0, 3)).toEqual(["queueit-cf", "github", "outcome"]);
    expect(calls[0]?.slice(-4)).toEqual(["--deployed", odd, "--result", odd]);
  });
});

describe("what was reviewed", () => {
  const reviewed = async (variables: Readonly<Record<string, string>>, answers = "", code = 0) => {
    const steps = await stepsOf("deploy-reviewed.yml", "deploy");
    return run(
      steps.find((each) => text(each["id"]) === "reviewed"),
      { ENVIRONMENT: "staging", ...variables },
      answers,
      code,
    );
  };

  it("comes from the pull request after a push, whatever else was handed in", async () => {
    const { code, output, calls } = await reviewed(
      { GITHUB_EVENT_NAME: "push", DIGEST: "b".repeat(64) },
      JSON.stringify({ environment: "staging", digest: DIGEST }),
    );
    expect([code, output, calls.length]).toEqual([0, `digest=${DIGEST}\n`, 1]);
  });

  it("is what was typed where it was started by hand", async () => {
    const { code, output, calls } = await reviewed({ GITHUB_EVENT_NAME: "workflow_dispatch", DIGEST });
    expect([code, output, calls]).toEqual([0, `digest=${DIGEST}\n`, []]);
  });

  it("ends the job where nothing was, and the reason is kept for the pull request", async () => {
    const reason = '{"error":{"code":"github-nothing-reviewed","message":"Pushed directly."}}';
    const { code, output, file } = await reviewed({ GITHUB_EVENT_NAME: "push", DIGEST: "" }, reason, 1);
    expect([code, output, await file("deploy.json")]).toEqual([1, "", reason]);
  });

  it.each([...ODD.slice(0, 1), "", `${DIGEST}\nsecond=line`, `${DIGEST} `])(
    "is refused where it is %j",
    async (digest) => {
      const { code, output, pwned, file } = await reviewed({
        GITHUB_EVENT_NAME: "workflow_dispatch",
        DIGEST: digest,
      });
      expect([code, output, pwned]).toEqual([1, "", false]);
      const { deploy } = deployResultOf(await file("deploy.json"), undefined);
      const outcome = outcomeOf({
        environment: "staging",
        planned: "success",
        deployed: "failure",
        result: { deploy },
      });
      expect(outcome.state).toBe("refused");
    },
  );
});

describe("a merge queue's plan", () => {
  it.each(ODD)("is compared without running any of %j", async (odd) => {
    const steps = await stepsOf("plan.yml", "plan");
    const compare = steps.find((each) => text(each["name"]) === "Compare with what was reviewed");
    expect(text(compare?.["if"])).toBe("github.event_name == 'merge_group'");
    const { calls, pwned } = await run(compare, { ENVIRONMENT: odd, AUTHOR_MAY_ACCEPT: odd });
    expect(pwned).toBe(false);
    expect(calls[0]?.slice(0, 5)).toEqual(["queueit-cf", "github", "merge-group", odd, "--report"]);
  });
});

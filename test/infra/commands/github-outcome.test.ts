import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connected } from "../github/connected.ts";
import { recordedReports } from "../github/reports.ts";
import { REPOSITORY, TOKEN } from "../github/stand-in.ts";
import { newFolder } from "../../support/new-folder.ts";
import { queueitCf } from "./cli.ts";

const to = connected();
const sha = (letter: string) => letter.repeat(40);
const [BEFORE, FIRST, SECOND, THIRD, HEAD] = ["0a", "1b", "2c", "3d", "ab"].map((pair) => pair.repeat(20));
const DEPLOYED = { schema: "queueit-cf/deploy/1", changed: true, bundle: "b".repeat(64) };
const VERIFIED = { schema: "queueit-cf/verify/1", passed: true, verdict: "staging is ready.", checks: [] };
const { digest } = recordedReports("create");
let folder = "";
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await newFolder();
  const { json, markdown } = recordedReports("create");
  await Promise.all([
    writeFile(file("push.json"), JSON.stringify({ before: BEFORE, after: THIRD, ref: "refs/heads/main" })),
    writeFile(file("new-branch.json"), JSON.stringify({ before: sha("0"), after: THIRD })),
    writeFile(file("dispatch.json"), JSON.stringify({ inputs: { environment: "staging" } })),
    writeFile(
      file("pull-request.json"),
      JSON.stringify({ pull_request: { number: 7, head: { sha: HEAD } } }),
    ),
    writeFile(file("report.json"), json),
    writeFile(file("comment.md"), markdown),
  ]);
});

beforeEach(() => {
  const variables = {
    GITHUB_API_URL: to.standIn.apiUrl,
    GITHUB_TOKEN: TOKEN,
    QUEUEIT_PLAN_KEY: "fake-plan-key-of-a-test",
    GITHUB_REF_NAME: "main",
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_PATH: file("push.json"),
    GITHUB_SERVER_URL: "https://github.example.com",
    GITHUB_RUN_ID: "42",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_SHA: THIRD,
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("summary.md"),
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  to.standIn.parents
    .set(BEFORE ?? "", [])
    .set(FIRST ?? "", [BEFORE ?? ""])
    .set(SECOND ?? "", [FIRST ?? ""])
    .set(THIRD ?? "", [SECOND ?? ""]);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A pull request that was merged as a commit, with its plan reviewed before. */
function merged(number: number, commit = THIRD ?? "", also: readonly string[] = []) {
  return to.standIn.addPullRequest({
    number,
    head: { sha: HEAD ?? "" },
    merged_at: "2026-11-26T12:00:00Z",
    merge_commit_sha: commit,
    commits: [commit, ...also],
  });
}

async function planned(number = 7): Promise<void> {
  to.standIn.addPullRequest({ number, head: { sha: HEAD ?? "" } });
  vi.stubEnv("GITHUB_EVENT_PATH", file("pull-request.json"));
  const [report, markdown] = [file("report.json"), file("comment.md")];
  const args = ["--report", report, "--markdown", markdown, "--pull-request", String(number)];
  await queueitCf("github", "review", "staging", ...args);
  vi.stubEnv("GITHUB_EVENT_PATH", file("push.json"));
  to.standIn.pullRequests.length = 0;
}

const outcome = (deployed = "success", result: object | undefined = { deploy: DEPLOYED, verify: VERIFIED }) =>
  queueitCf("github", "outcome", "staging", "--deployed", deployed, "--result", JSON.stringify(result) ?? "");

const comment = (number = 7) =>
  to.standIn.comments
    .filter(({ issue }) => issue === number)
    .map(({ body }) => body)
    .join("\n---\n");

const labelsOf = (number = 7) =>
  to.standIn.pullRequests.find((each) => each.number === number)?.labels.map(({ name }) => name);

describe("queueit-cf github outcome", () => {
  it("writes below the plan in the same comment, and the digest there can still be deployed", async () => {
    await planned();
    merged(7);
    expect(await outcome()).toMatchObject({ code: 0, stderr: "" });
    expect(to.standIn.comments).toHaveLength(1);
    expect(comment()).toContain("### ✅ Deployed to `staging`");
    expect(comment()).toContain(`[run](https://github.example.com/${REPOSITORY}/actions/runs/42)`);
    expect((await queueitCf("github", "reviewed-digest", "staging")).stdout).toBe(`${digest}\n`);
  });

  it("is kept up to date: a run that is repeated replaces what the first one said, and its label", async () => {
    await planned();
    merged(7);
    await outcome("failure", { deploy: { error: { code: "apply-failed", message: "Halfway." } } });
    expect([comment(), labelsOf()]).toEqual([expect.stringContaining("❌"), ["failed-staging"]]);
    vi.stubEnv("GITHUB_RUN_ATTEMPT", "2");
    await outcome();
    expect(comment()).not.toContain("❌");
    expect(comment()).toContain("/actions/runs/42/attempts/2)");
    expect(labelsOf()).toEqual(["deployed-staging"]);
  });

  it("does not say over a deploy that a run that was repeated was refused", async () => {
    await planned();
    merged(7);
    await outcome();
    const before = comment();
    const refusal = { deploy: { error: { code: "not-the-reviewed-plan", message: "Another plan." } } };
    const { code, stdout } = await outcome("failure", refusal);
    expect([code, stdout]).toEqual([0, expect.stringContaining("goes on saying")]);
    expect([comment(), labelsOf()]).toEqual([before, ["deployed-staging"]]);
    await outcome("failure", { deploy: { error: { code: "apply-failed", message: "Halfway." } } });
    expect(labelsOf()).toEqual(["failed-staging"]);
  });

  it("does not say over a later run what came of an earlier one that is told late", async () => {
    await planned();
    merged(7);
    const failure = { deploy: { error: { code: "apply-failed", message: "Halfway." } } };
    await outcome("success", { deploy: DEPLOYED, verify: VERIFIED, at: 2000 });
    await outcome("failure", { ...failure, at: 1000 });
    expect(labelsOf()).toEqual(["deployed-staging"]);
    await outcome("failure", { ...failure, at: 3000 });
    expect(labelsOf()).toEqual(["failed-staging"]);
  });

  it("makes the labels that the repository lacks, and leaves those of other environments", async () => {
    merged(7).labels.push({ name: "attention-production" }, { name: "refused-staging" });
    await outcome();
    expect([...to.standIn.labels]).toEqual(["deployed-staging"]);
    expect(labelsOf()).toEqual(["attention-production", "deployed-staging"]);
    to.standIn.pullRequests.length = 0;
    merged(7);
    await outcome();
    expect(labelsOf()).toEqual(["deployed-staging"]);
  });

  it("is told without a label where GitHub lets nobody set it, and that is no failure", async () => {
    merged(7);
    to.standIn.forbidden.add("label");
    const { code, stdout } = await outcome();
    expect([code, stdout]).toEqual([0, expect.stringContaining("without the label deployed-staging")]);
    expect(comment()).toContain("✅");
  });

  it("is in the summary of the run where the commit was pushed directly, without a secret", async () => {
    vi.stubEnv("TF_VAR_queueit_secret_key", "fake-secret-key-9000");
    await writeFile(file("summary.md"), "before\n");
    await outcome("failure", { deploy: { error: { code: "frozen", message: "fake-secret-key-9000" } } });
    const summary = await readFile(file("summary.md"), "utf8");
    expect(summary).toMatch(/^before\n### 🛑 Not deployed to `staging`: refused\n/);
    expect(summary).not.toContain("fake-secret-key-9000");
  });

  it("writes nothing where the commit was pushed directly", async () => {
    const { code, stdout } = await outcome();
    expect([code, stdout]).toEqual([0, expect.stringContaining("by no pull request")]);
    expect(to.standIn.comments).toEqual([]);
  });

  it("tells all of three pull requests that one push merged", async () => {
    [FIRST, SECOND, THIRD].forEach((commit, index) => merged(7 + index, commit));
    await outcome();
    expect(to.standIn.comments.map(({ issue }) => issue).sort()).toEqual([7, 8, 9]);
  });

  it("finds a pull request that was merged with all of its commits, and one that was rebased", async () => {
    to.standIn.parents.set(HEAD ?? "", [BEFORE ?? ""]).set(THIRD ?? "", [SECOND ?? "", HEAD ?? ""]);
    merged(7, THIRD, [HEAD ?? ""]);
    merged(8, SECOND, [FIRST ?? ""]);
    await outcome();
    expect(to.standIn.comments.map(({ issue }) => issue).sort()).toEqual([7, 8]);
  });

  it("does not tell those that only contain the commit, are open, or went to another branch", async () => {
    merged(7, sha("d"), [THIRD ?? ""]);
    to.standIn.addPullRequest({ number: 8, merge_commit_sha: THIRD ?? "", commits: [THIRD ?? ""] });
    merged(9);
    Object.assign(to.standIn.pullRequests.at(-1) ?? {}, { base: { ref: "other" } });
    await outcome();
    expect(to.standIn.comments).toEqual([]);
  });

  it.each(["new-branch.json", "dispatch.json", "no-such-file.json"])(
    "tells the last commit's alone after %s",
    async (event) => {
      vi.stubEnv("GITHUB_EVENT_PATH", file(event));
      merged(7, SECOND);
      merged(8);
      await outcome();
      expect(to.standIn.comments.map(({ issue }) => issue)).toEqual([8]);
    },
  );

  it("tells the last commit's where what was there before is gone", async () => {
    to.standIn.parents.delete(BEFORE ?? "");
    merged(7, SECOND);
    merged(8);
    await outcome();
    expect(to.standIn.comments.map(({ issue }) => issue)).toEqual([8]);
  });

  it("shows no plan that somebody edited, and says that there is none", async () => {
    await planned();
    merged(7);
    const [ours] = to.standIn.comments;
    if (ours !== undefined) to.standIn.editComment(ours, ours.body.replace("## ", "## All is well: "));
    await outcome();
    expect(comment()).not.toContain("All is well");
    expect(comment()).toContain("No reviewed plan for `staging`");
    const { stderr } = await queueitCf("github", "reviewed-digest", "staging");
    expect(stderr).toContain("github-nothing-reviewed");
  });

  it("fits into a comment that is nearly full, in few words", async () => {
    await planned();
    merged(7);
    const long = "x".repeat(300);
    const checks = Array.from({ length: 10 }, () => ({
      name: long,
      outcome: "failed",
      detail: long,
      remedy: long,
    }));
    const [ours] = to.standIn.comments;
    const body = ours?.body ?? "";
    await writeFile(file("full.md"), `${recordedReports("create").markdown}${"y ".repeat(31_000)}\n`);
    to.standIn.pullRequests.length = 0;
    to.standIn.addPullRequest({ number: 7, head: { sha: HEAD ?? "" } });
    vi.stubEnv("GITHUB_EVENT_PATH", file("pull-request.json"));
    await queueitCf("github", "comment", "staging", "--markdown", file("full.md"));
    to.standIn.pullRequests.length = 0;
    merged(7);
    vi.stubEnv("GITHUB_EVENT_PATH", file("push.json"));
    const { code } = await outcome("failure", {
      deploy: DEPLOYED,
      verify: { ...VERIFIED, passed: false, checks },
    });
    expect([code, comment().length > body.length]).toEqual([0, true]);
    expect(comment().length).toBeLessThanOrEqual(65_536);
    expect(comment()).toContain("needs attention");
  });

  it("says what is missing where GitHub refuses the comment, and never shows the token", async () => {
    merged(7);
    to.standIn.forbidden.add("comment");
    const { code, stdout, stderr } = await outcome();
    expect([code, stderr]).toEqual([1, expect.stringContaining("`pull-requests: write`")]);
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it("shows no secret of the step in the comment", async () => {
    vi.stubEnv("TF_VAR_queueit_secret_key", "fake-secret-key-9000");
    merged(7);
    await outcome("failure", {
      deploy: { error: { code: "apply-failed", message: "key fake-secret-key-9000" } },
    });
    expect(comment()).toContain("(hidden)");
    expect(comment()).not.toContain("fake-secret-key-9000");
  });

  it("refuses what GitHub does not say, before anything is written", async () => {
    const { code } = await outcome("neutral");
    expect([code, to.standIn.calls]).toEqual([1, []]);
  });
});

describe("queueit-cf github merge-group", () => {
  it("says what differs in the log and in the summary of the run, and is red", async () => {
    to.standIn.addPullRequest({ number: 7, head: { sha: HEAD ?? "" } });
    const mergeGroup = {
      head_sha: THIRD,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${BEFORE ?? ""}`,
      base_ref: "refs/heads/main",
    };
    await writeFile(file("merge-group.json"), JSON.stringify({ merge_group: mergeGroup }));
    await writeFile(file("summary.md"), "");
    to.standIn.parents.set("main", [BEFORE ?? ""]);
    vi.stubEnv("GITHUB_EVENT_PATH", file("merge-group.json"));
    const args = ["--report", file("report.json"), "--markdown", file("comment.md")];
    const { code, stdout } = await queueitCf("github", "merge-group", "staging", ...args);
    expect([code, stdout]).toEqual([2, expect.stringContaining("was reviewed in none of #7")]);
    expect(await readFile(file("summary.md"), "utf8")).toBe(`### 🛑 Merge queue\n\n${stdout.trim()}\n\n`);
  });
});

describe("queueit-cf github result", () => {
  const result = async (...args: string[]) => {
    await writeFile(file("output"), "");
    return queueitCf("github", "result", "staging", ...args);
  };

  it("hands on, in one line, what the two commands printed", async () => {
    await writeFile(file("deploy.json"), JSON.stringify({ ...DEPLOYED, publishUrl: null }, undefined, 2));
    await writeFile(file("verify.json"), JSON.stringify({ ...VERIFIED, verdict: "two\nlines" }));
    const { stdout } = await result("--deploy", file("deploy.json"), "--verify", file("verify.json"));
    expect(stdout.replace(/"at":\d+/, '"at":0')).toBe(
      `result={"deploy":{"schema":"queueit-cf/deploy/1","changed":true,"bundle":"${"b".repeat(64)}"},` +
        '"verify":{"schema":"queueit-cf/verify/1","passed":true,"verdict":"two\\nlines","checks":[]},"at":0}\n',
    );
  });

  it("hands on nothing of what was not written, or was cut off", async () => {
    await writeFile(file("cut.json"), '{"schema":"queueit-cf/dep');
    const { code, stdout } = await result("--deploy", file("cut.json"), "--verify", file("none.json"));
    expect([code, stdout.replace(/\d+/, "0")]).toEqual([0, 'result={"at":0}\n']);
  });
});

describe("queueit-cf github review of a pull request that was merged", () => {
  it("is refused: its comment says what was reviewed before", async () => {
    await planned();
    merged(7);
    const before = comment();
    vi.stubEnv("GITHUB_EVENT_PATH", file("pull-request.json"));
    const args = ["--report", file("report.json"), "--markdown", file("comment.md")];
    const { code, stderr } = await queueitCf("github", "review", "staging", ...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining("github-closed")]);
    expect((await queueitCf("github", "comment", "staging", "--failed")).stderr).toContain("github-closed");
    expect(comment()).toBe(before);
  });
});

import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { stickyMarker } from "../../../infra/plan/report/markdown.ts";
import { connected } from "../github/connected.ts";
import { recordedReports } from "../github/reports.ts";
import { BOT, refused, REPOSITORY, TOKEN } from "../github/stand-in.ts";
import { queueitCf } from "./cli.ts";

const to = connected();
const [HEAD, MERGED] = ["a".repeat(40), "c".repeat(40)];
const risky = recordedReports("route-removed");
const calm = recordedReports("noop");
let folder = "";
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "test-github-"));
  await Promise.all([
    writeFile(file("event.json"), JSON.stringify({ pull_request: { number: 7, head: { sha: HEAD } } })),
    writeFile(file("risky.json"), risky.json),
    writeFile(file("risky.md"), risky.markdown),
    writeFile(file("calm.json"), calm.json),
    writeFile(file("calm.md"), calm.markdown),
    writeFile(file("drift.md"), "Protection removed"),
  ]);
});

beforeEach(() => {
  vi.stubEnv("GITHUB_API_URL", to.standIn.apiUrl);
  vi.stubEnv("GITHUB_TOKEN", TOKEN);
  vi.stubEnv("QUEUEIT_PLAN_KEY", "fake-plan-key-of-a-test");
  vi.stubEnv("GITHUB_REF_NAME", "main");
  vi.stubEnv("GITHUB_REPOSITORY", REPOSITORY);
  vi.stubEnv("GITHUB_EVENT_PATH", file("event.json"));
  vi.stubEnv("GITHUB_SERVER_URL", "https://github.example.com");
  vi.stubEnv("GITHUB_RUN_ID", "42");
  vi.stubEnv("GITHUB_SHA", MERGED);
  vi.stubEnv("GITHUB_OUTPUT", file("output"));
  to.standIn.addPullRequest({ head: { sha: HEAD } });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("queueit-cf github review", () => {
  const review = (name: string, ...more: string[]) =>
    queueitCf(
      "github",
      "review",
      "staging",
      "--report",
      file(`${name}.json`),
      "--markdown",
      file(`${name}.md`),
      ...more,
    );

  it("ends with 0 for a plan without a high risk", async () => {
    expect(await review("calm")).toMatchObject({ code: 0, stderr: "" });
    expect(to.standIn.comments.map(({ issue }) => issue)).toEqual([7]);
  });

  it("ends with 2 at a risk that nobody accepted, and with 0 after somebody did", async () => {
    const first = await review("risky");
    expect([first.code, first.stdout]).toEqual([2, expect.stringContaining("accept-risk-staging")]);
    to.standIn.addLabel("accept-risk-staging");
    expect(await review("risky")).toMatchObject({ code: 0 });
  });

  it("writes to the pull request that is named", async () => {
    to.standIn.addPullRequest({ number: 9 });
    await review("calm", "--pull-request", "9");
    expect(to.standIn.comments.map(({ issue }) => issue)).toEqual([9]);
  });

  it("refuses to write where no pull request is known", async () => {
    vi.stubEnv("GITHUB_EVENT_PATH", file("calm.json"));
    expect((await review("calm")).stderr).toContain("name the pull request with --pull-request");
  });

  it("refuses to write what it cannot sign, before anything is written", async () => {
    vi.stubEnv("QUEUEIT_PLAN_KEY", undefined);
    const { code, stderr } = await review("calm");
    expect([code, stderr]).toEqual([1, expect.stringContaining("plan-key-missing")]);
    expect(to.standIn.calls).toEqual([]);
  });

  it.each(["fake", "staging-plan", "x"])("refuses a plan key that can be guessed: %j", async (key) => {
    vi.stubEnv("QUEUEIT_PLAN_KEY", key);
    const { code, stderr } = await review("calm");
    expect([code, stderr]).toEqual([1, expect.stringContaining("openssl rand -hex 32")]);
    expect(stderr).toContain("plan-key-short");
    expect(to.standIn.calls).toEqual([]);
  });

  it.each([
    ["the environment's name", "staging"],
    ["a word of the marker", "queueit-cf"],
    ["a word of the report", "protect"],
    ["a level", "high"],
    ["the digest", risky.digest],
    ["the commit", HEAD],
    ["the label", "accept-risk-staging"],
  ])("finds its own comment again where a secret is %s", async (_name, secret) => {
    vi.stubEnv("TF_VAR_queueit_api_key", secret);
    await review("risky");
    to.standIn.addLabel("accept-risk-staging");
    expect((await review("risky")).code).toBe(0);
    expect(to.standIn.comments.length).toBe(1);
  });

  it("puts no secret of the environment into a comment", async () => {
    const secret = 'fake-"secret"&more';
    vi.stubEnv("TF_VAR_queueit_secret_key", secret);
    await writeFile(file("leaky.md"), `${stickyMarker("staging")}\nkey: ${JSON.stringify({ secret })}\n`);
    await queueitCf("github", "comment", "staging", "--markdown", file("leaky.md"));
    expect(to.standIn.comments[0]?.body).toContain('{"secret":"(hidden)"}');
  });

  it("says which permission is missing, and never shows the token", async () => {
    to.standIn.forbidden.add("comment");
    const { code, stdout, stderr } = await review("calm");
    expect([code, stderr]).toEqual([1, expect.stringContaining("`pull-requests: write`")]);
    expect(stdout + stderr).not.toContain(TOKEN);
  });
});

describe("queueit-cf github comment", () => {
  it("writes a report", async () => {
    const { stdout } = await queueitCf("github", "comment", "staging", "--markdown", file("calm.md"));
    expect(stdout).toBe("staging: comment on pull request 7 created.\n");
  });

  it("replaces an older plan when the newest commit could not be planned", async () => {
    await queueitCf("github", "comment", "staging", "--markdown", file("calm.md"));
    await queueitCf("github", "comment", "staging", "--failed");
    expect(to.standIn.comments.length).toBe(1);
    expect(to.standIn.comments[0]?.body).toContain(
      `[the log of the run](https://github.example.com/${REPOSITORY}/actions/runs/42)`,
    );
    expect(to.standIn.comments[0]?.body).not.toContain(calm.digest);
  });

  it("refuses to write nothing, both at once, or for what is not an environment", async () => {
    expect((await queueitCf("github", "comment", "staging")).stderr).toContain("nothing to write");
    expect((await queueitCf("github", "comment", "staging", "--failed", "--markdown", "x")).stderr).toContain(
      "cannot be used with",
    );
    expect((await queueitCf("github", "comment", "--failed", "a -->")).stderr).toContain("not the name");
    expect((await queueitCf("github", "comment", "staging", "--markdown", "no.md")).stderr).toContain(
      "is not there",
    );
  });
});

describe("queueit-cf github reviewed-digest", () => {
  it("prints the digest and nothing else", async () => {
    await queueitCf("github", "comment", "staging", "--markdown", file("calm.md"));
    to.standIn.pullRequests.length = 0;
    to.standIn.addPullRequest({
      head: { sha: HEAD },
      merged_at: "2026-11-24T12:00:00Z",
      merge_commit_sha: MERGED,
      commits: [MERGED],
    });
    expect(await queueitCf("github", "reviewed-digest", "staging")).toEqual({
      code: 0,
      stdout: `${calm.digest}\n`,
      stderr: "",
    });
  });

  it("prints nothing for a commit that was pushed directly, and fails", async () => {
    const { code, stdout, stderr } = await queueitCf("github", "reviewed-digest", "staging");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("pushed directly");
  });

  it("refuses what is not a commit", async () => {
    expect((await queueitCf("github", "reviewed-digest", "staging", "--commit", "main")).stderr).toContain(
      '"main" is not a commit',
    );
  });
});

describe("queueit-cf github outputs", () => {
  it("tells the jobs that come after which plan it is, and whether it changes anything", async () => {
    await queueitCf("github", "outputs", "staging", "--report", file("risky.json"));
    await queueitCf("github", "outputs", "staging", "--report", file("calm.json"));
    expect(await readFile(file("output"), "utf8")).toBe(
      `digest=${risky.digest}\nchanges=true\ndigest=${calm.digest}\nchanges=false\n`,
    );
  });

  it("says so when there is nowhere to write", async () => {
    vi.stubEnv("GITHUB_OUTPUT", undefined);
    const { code, stderr } = await queueitCf("github", "outputs", "staging", "--report", file("calm.json"));
    expect([code, stderr]).toEqual([1, expect.stringContaining("GITHUB_OUTPUT does not name a file")]);
  });
});

describe("queueit-cf github drift-issue", () => {
  it("opens the issue and closes it again", async () => {
    const args = ["github", "drift-issue", "staging"] as const;
    expect((await queueitCf(...args, "--markdown", file("drift.md"))).stdout).toContain("opened");
    expect((await queueitCf(...args, "--resolved")).stdout).toContain("closed");
    expect(to.standIn.issues).toMatchObject([{ state: "closed", user: { login: BOT } }]);
  });

  it("finds its own issue again, and closes it, where secrets are what is in both", async () => {
    const args = ["github", "drift-issue", "staging"] as const;
    for (const [index, secret] of ["staging", "closed", "queueit-drift", "removed"].entries())
      vi.stubEnv(`QUEUEIT_SECRET_KEY_${index}`, secret);
    await queueitCf(...args, "--markdown", file("drift.md"));
    expect(to.standIn.issues[0]?.body).toContain("Protection (hidden)");
    expect((await queueitCf(...args, "--markdown", file("drift.md"))).stdout).toContain("unchanged");
    expect((await queueitCf(...args, "--resolved")).stdout).toContain("closed");
    expect(to.standIn.issues).toMatchObject([{ state: "closed", title: "Drift in staging" }]);
  });

  it("refuses to write nothing", async () => {
    expect((await queueitCf("github", "drift-issue", "staging")).stderr).toContain("--resolved");
  });
});

describe("every call to GitHub", () => {
  it("fails in one paragraph without a token, or with one that GitHub does not know", async () => {
    vi.stubEnv("GITHUB_TOKEN", undefined);
    expect((await queueitCf("github", "drift-issue", "staging", "--resolved")).stderr).toContain(
      "GITHUB_TOKEN is not set",
    );
    vi.stubEnv("GITHUB_TOKEN", "fake-other-token");
    to.standIn.failures.push(() => refused(401, "Bad credentials: fake-other-token"));
    const { code, stderr } = await queueitCf("github", "drift-issue", "staging", "--resolved");
    expect([code, stderr]).toEqual([1, expect.stringContaining("does not recognise the token")]);
    expect(stderr).not.toContain("fake-other-token");
  });
});

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { acceptanceLabel } from "../../../infra/github/acceptance.ts";
import { mergeGroupEvent } from "../../../infra/github/merge-group.ts";
import { readPullRequest } from "../../../infra/github/pull-request.ts";
import { reviewInQueue } from "../../../infra/github/queue-review.ts";
import { reviewedDigest } from "../../../infra/github/reviewed-digest.ts";
import { reviewOnPullRequest } from "../../../infra/github/review.ts";
import { parsePlanReport } from "../../../infra/plan/report/read-report.ts";
import { newFolder } from "../../support/new-folder.ts";
import type { Recorded } from "../plan/plans.ts";
import { connected } from "./connected.ts";
import { recordedReports, withRisk } from "./reports.ts";
import { BOT } from "./stand-in.ts";

const to = connected();
const KEY = "fake-plan-key";
const LABEL = acceptanceLabel("staging");
const sha = (letter: string) => letter.repeat(40);
const [MAIN, FIRST, SECOND] = [sha("0"), sha("1"), sha("2")];
const branchOf = (number: number, base = MAIN) => `refs/heads/gh-readonly-queue/main/pr-${number}-${base}`;

const plan = (name: Recorded, also?: string) => {
  const { json: without, markdown } = recordedReports(name);
  const json = also === undefined ? without : withRisk(without, also);
  return { report: parsePlanReport(json, "staging"), markdown, failOn: "high", planKey: KEY } as const;
};

/** A pull request whose last commit was planned and reviewed. */
async function reviewed(
  number: number,
  name: Recorded,
  { accepted = false, base = "main" } = {},
): Promise<void> {
  const commit = sha(String(number));
  to.standIn.addPullRequest({ number, head: { sha: commit }, base: { ref: base } });
  if (number === 6) to.standIn.queue.set(branchOf(6), FIRST);
  const review = async () =>
    reviewOnPullRequest(to.github, await readPullRequest(to.github, { number }), BOT, plan(name));
  await review();
  if (!accepted) return;
  to.standIn.addLabel(LABEL, "alice", number);
  expect(await review()).toBe("accepted");
}

/** What the queue makes of the plan of the group of pull request 7, which stands behind number 6 in it. */
const queued = (name: Recorded, commit = SECOND, also?: string) =>
  reviewInQueue(to.github, { pullRequest: 7, commit, base: "main" }, BOT, plan(name, also));

const comment = (number = 7) =>
  to.standIn.comments
    .filter(({ issue }) => issue === number)
    .map(({ body }) => body)
    .join("\n---\n");

const digestToDeploy = () =>
  reviewedDigest(to.github, {
    commit: SECOND,
    branch: "main",
    environment: "staging",
    author: BOT,
    planKey: KEY,
  });

function merge(number: number, commit: string): void {
  const index = to.standIn.pullRequests.findIndex((each) => each.number === number);
  const [before] = to.standIn.pullRequests.splice(index, 1);
  to.standIn.addPullRequest({
    ...before,
    merged_at: "2026-11-26T12:00:00Z",
    merge_commit_sha: commit,
    commits: [commit],
  });
}

beforeEach(() => {
  to.standIn.parents.set("main", [MAIN]).set(MAIN, []).set(FIRST, [MAIN]).set(SECOND, [FIRST]);
  to.standIn.queue.set(branchOf(7, FIRST), SECOND);
});

describe("the plan of what a merge queue tests", () => {
  it("may be merged where it is the reviewed one, and is what is deployed of that commit", async () => {
    await reviewed(7, "create");
    expect(await queued("create")).toMatchObject({ mayMerge: true });
    expect(comment()).toContain("is the one that was reviewed in #7");
    merge(7, SECOND);
    expect(await digestToDeploy()).toBe(plan("create").report.digest);
  });

  it("is stopped where it is another one, with what differs", async () => {
    await reviewed(7, "noop");
    const { mayMerge, text } = await queued("route-removed");
    expect(mayMerge).toBe(false);
    expect(text).toContain("was reviewed in none of #7");
    expect(text).toContain("**Only in this plan**");
    expect(text).toMatch(/- Protection removed/);
    expect(comment()).toContain(text);
  });

  it("may be merged where another one of the group brought it, and was reviewed with it", async () => {
    await reviewed(6, "create");
    await reviewed(7, "noop");
    expect(await queued("create")).toMatchObject({ mayMerge: true, text: expect.stringContaining("in #6") });
    merge(7, SECOND);
    expect(await digestToDeploy()).toBe(plan("create").report.digest);
  });

  it("is not vouched for by a pull request that stands elsewhere in the queue", async () => {
    await reviewed(6, "create");
    await reviewed(7, "noop");
    to.standIn.queue.set(branchOf(6), sha("9"));
    expect(await queued("create")).toMatchObject({ mayMerge: false });
  });

  it("is not vouched for by a pull request into another branch", async () => {
    await reviewed(6, "create", { base: "other" });
    await reviewed(7, "noop");
    expect(await queued("create")).toMatchObject({ mayMerge: false });
  });

  it("is not held up by a branch that somebody pushed, with the number of no pull request", async () => {
    await reviewed(7, "create");
    to.standIn.queue.set(branchOf(999_999), FIRST);
    expect(await queued("create")).toMatchObject({ mayMerge: true });
  });

  it("finds the others of its group whatever the branch below is called", async () => {
    const base = "release/'1\"; $(id) `x`/%2e ü #?&";
    const branch = (number: number, on: string) => `refs/heads/gh-readonly-queue/${base}/pr-${number}-${on}`;
    to.standIn.parents.set(base, [MAIN]);
    to.standIn.queue.clear();
    await reviewed(6, "create", { base });
    await reviewed(7, "noop", { base });
    to.standIn.queue.set(branch(6, MAIN), FIRST).set(branch(7, FIRST), SECOND);
    const group = { pullRequest: 7, commit: SECOND, base };
    expect(await reviewInQueue(to.github, group, BOT, plan("create"))).toMatchObject({ mayMerge: true });
  });

  it("may be merged unseen where it changes nothing: there is nothing to deploy", async () => {
    to.standIn.addPullRequest({ head: { sha: sha("f") } });
    expect(await queued("noop")).toMatchObject({ mayMerge: true });
    merge(7, SECOND);
    expect(await digestToDeploy()).toBe(plan("noop").report.digest);
  });

  it("is stopped where nothing was reviewed, as in a pull request from a fork", async () => {
    to.standIn.addPullRequest({ head: { sha: sha("f") } });
    const { mayMerge, text } = await queued("create");
    expect([mayMerge, text]).toEqual([false, expect.stringContaining("from a fork")]);
  });

  it.each([
    ["somebody edited", (body: string) => body.replace("## ", "## All is well: ")],
    ["is of an earlier commit", (body: string) => body],
  ])("is not vouched for by a comment that %s", async (name, edit) => {
    await reviewed(7, "create");
    const [ours] = to.standIn.comments;
    if (ours !== undefined) to.standIn.editComment(ours, edit(ours.body));
    if (name === "is of an earlier commit") {
      to.standIn.pullRequests.length = 0;
      to.standIn.addPullRequest({ head: { sha: sha("e") } });
    }
    expect(await queued("create")).toMatchObject({ mayMerge: false });
  });
});

describe("an accepted risk in a merge queue", () => {
  it("carries over to the same plan", async () => {
    await reviewed(7, "route-removed", { accepted: true });
    const verdict = await queued("route-removed");
    expect(verdict).toMatchObject({
      mayMerge: true,
      text: expect.stringContaining("risks were accepted, in #7"),
    });
  });

  it("does not carry over to another plan", async () => {
    await reviewed(7, "route-removed", { accepted: true });
    expect(await queued("destroy")).toMatchObject({ mayMerge: false });
  });

  it("does not carry over to a risk that came after it, such as a freeze that has begun", async () => {
    await reviewed(7, "route-removed", { accepted: true });
    expect(await queued("route-removed", SECOND, "frozen")).toMatchObject({
      mayMerge: false,
      text: expect.stringContaining("nobody accepted there"),
    });
  });

  it("is needed also where the same plan was reviewed without it", async () => {
    await reviewed(7, "route-removed");
    const verdict = await queued("route-removed");
    expect(verdict).toMatchObject({
      mayMerge: false,
      text: expect.stringContaining(`the label \`${LABEL}\``),
    });
  });

  it("does not count any more once its label is gone", async () => {
    await reviewed(7, "route-removed", { accepted: true });
    to.standIn.pullRequests.forEach((each) => (each.labels = []));
    expect(await queued("route-removed")).toMatchObject({ mayMerge: false });
  });

  it("counts where it was accepted: with the pull request of the group that has the plan", async () => {
    await reviewed(6, "route-removed", { accepted: true });
    await reviewed(7, "noop");
    expect(await queued("route-removed")).toMatchObject({ mayMerge: true });
  });

  it("is still accepted in the pull request after the queue wrote there", async () => {
    await reviewed(7, "route-removed", { accepted: true });
    await queued("route-removed");
    const again = await readPullRequest(to.github, { number: 7 });
    expect(await reviewOnPullRequest(to.github, again, BOT, plan("route-removed"))).toBe("accepted");
  });
});

describe("what was tested in a queue", () => {
  it("is deployed only as the commit that was tested", async () => {
    await reviewed(7, "noop");
    await reviewed(6, "create");
    await queued("create");
    merge(7, sha("5"));
    const other = { commit: sha("5"), branch: "main", environment: "staging", author: BOT, planKey: KEY };
    expect(await reviewedDigest(to.github, other)).toBe(plan("noop").report.digest);
  });

  it("counts only as long as nobody edits it", async () => {
    await reviewed(7, "create");
    await queued("create");
    merge(7, SECOND);
    const [ours] = to.standIn.comments;
    const forged = ours?.body.replace(/(queued \S+ )[0-9a-f]{64}/, `$1${sha("a")}${"a".repeat(24)}`) ?? "";
    expect(forged).not.toBe(ours?.body);
    if (ours !== undefined) to.standIn.editComment(ours, forged);
    await expect(digestToDeploy()).rejects.toMatchObject({ code: "github-nothing-reviewed" });
  });

  it("is taken back where the same commit is stopped later, and not where another one is", async () => {
    await reviewed(7, "create");
    await queued("create");
    await queued("destroy", FIRST);
    expect(comment()).toContain(`queued ${SECOND}`);
    await queued("destroy");
    expect(comment()).not.toContain(`queued ${SECOND}`);
  });

  it("is said once: a later group of the same pull request replaces it", async () => {
    await reviewed(7, "create");
    await queued("create", FIRST);
    await queued("create", SECOND);
    expect(comment().match(/### .* Merge queue/g)).toHaveLength(1);
    expect(comment()).not.toContain(`queued ${FIRST}`);
  });
});

describe("the event of a merge queue", () => {
  async function numberOf(mergeGroup: Readonly<Record<string, string>>): Promise<number> {
    const folder = await newFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "event.json"), JSON.stringify({ merge_group: mergeGroup }));
    return (await mergeGroupEvent(join(folder, "event.json"))).pullRequest;
  }
  const event = (head_ref: string, base_ref = "refs/heads/main") => ({
    head_sha: SECOND,
    head_ref,
    base_ref,
  });

  it("names its pull request", async () => {
    expect(await numberOf(event(branchOf(123)))).toBe(123);
  });

  it("names the right one where the branch itself looks like a queue's", async () => {
    const base = `gh-readonly-queue/main/pr-5-${MAIN}`;
    const ref = `refs/heads/gh-readonly-queue/${base}/pr-123-${MAIN}`;
    expect(await numberOf(event(ref, `refs/heads/${base}`))).toBe(123);
  });

  it.each([
    `refs/heads/gh-readonly-queue/main/pr-5-${MAIN}/pr-6-${MAIN}`,
    `refs/heads/gh-readonly-queue/other/pr-5-${MAIN}`,
    `refs/heads/gh-readonly-queue/main/pr-5x-${MAIN}`,
    `refs/heads/gh-readonly-queue/main/pr-0-${MAIN}`,
    `refs/heads/gh-readonly-queue/main/pr-5-$(id)`,
    `refs/heads/pr-5-${MAIN}`,
    "",
  ])("is refused where it does not: %j", async (ref) => {
    await expect(numberOf(event(ref))).rejects.toMatchObject({ code: "github-merge-group" });
  });

  it("is refused where there is none", async () => {
    await expect(mergeGroupEvent(undefined)).rejects.toMatchObject({ code: "github-merge-group" });
  });
});

import { describe, expect, it } from "vitest";
import { acceptanceLabel } from "../../../infra/github/acceptance.ts";
import { parsePlanReport } from "../../../infra/plan/report/read-report.ts";
import { readPullRequest } from "../../../infra/github/pull-request.ts";
import { reviewOnPullRequest } from "../../../infra/github/review.ts";
import type { Recorded } from "../plan/plans.ts";
import { connected } from "./connected.ts";
import { recordedReports, withRisk } from "./reports.ts";
import { BOT, refused } from "./stand-in.ts";

const to = connected();
const LABEL = acceptanceLabel("staging");
const RISKY = "route-removed";
const OTHER_RISKY = "destroy";
const KEY = "fake-plan-key";
const [COMMIT, NEWER] = ["a".repeat(40), "b".repeat(40)];

/** A run of the workflow for a commit, with the labels that are there. */
async function run(name: Recorded, commit = COMMIT, authorMayAccept = false, also?: string) {
  const labels = labelled() ? [{ name: LABEL }] : [];
  to.standIn.pullRequests.length = 0;
  to.standIn.addPullRequest({ head: { sha: commit }, labels });
  const { json, markdown } = recordedReports(name);
  return reviewOnPullRequest(to.github, await readPullRequest(to.github, { number: 7, commit }), BOT, {
    report: parsePlanReport(also === undefined ? json : withRisk(json, also), "staging"),
    markdown,
    failOn: "high",
    planKey: KEY,
    authorMayAccept,
  });
}

const labelled = () =>
  to.standIn.pullRequests.some(({ labels }) => labels.some(({ name }) => name === LABEL));

function setLabel(login = "alice") {
  to.standIn.addLabel(LABEL, login);
}

const comment = () => to.standIn.comments.map(({ body }) => body).join("\n---\n");

describe("a plan on a pull request", () => {
  it("may go on without a risk of the level", async () => {
    expect(await run("noop")).toBe("no-risk");
    expect(comment()).toContain("No changes");
    expect(comment()).not.toContain(LABEL);
  });

  it("may not go on with one, and the comment says how to accept it", async () => {
    expect(await run(RISKY)).toBe("not-accepted");
    expect(comment()).toContain(`accept them for exactly this plan with the label \`${LABEL}\``);
  });

  it("may go on when somebody set the label with the plan before their eyes", async () => {
    await run(RISKY);
    setLabel();
    expect(await run(RISKY)).toBe("accepted");
    expect(comment()).toContain("were accepted with the label");
    expect(labelled()).toBe(true);
  });

  it.for(["bob", "Bob"])("is not accepted by its own author, %s, and the comment says so", async (login) => {
    await run(RISKY);
    to.standIn.permissions.set(login, "admin");
    setLabel(login);
    expect(await run(RISKY)).toBe("not-accepted");
    expect(comment()).toContain("who is not the author of this pull request");
    expect(labelled()).toBe(false);
  });

  it("is accepted by its own author in a team of one", async () => {
    await run(RISKY);
    to.standIn.permissions.set("bob", "admin");
    setLabel("bob");
    expect(await run(RISKY, COMMIT, true)).toBe("accepted");
  });

  it("stays accepted when the run is repeated", async () => {
    await run(RISKY);
    setLabel();
    await run(RISKY);
    expect(await run(RISKY)).toBe("accepted");
  });

  it("is not accepted by a label from before anything was shown", async () => {
    to.standIn.addPullRequest({ labels: [{ name: LABEL }] });
    expect(await run(RISKY)).toBe("not-accepted");
    expect(labelled()).toBe(false);
  });

  it("is not accepted any more after a push, even with the same plan", async () => {
    await run(RISKY);
    setLabel();
    await run(RISKY);
    expect(await run(RISKY, NEWER)).toBe("not-accepted");
    expect(labelled()).toBe(false);
  });

  it("is not accepted any more when the account changed so that the same commit plans something else", async () => {
    await run(RISKY);
    setLabel();
    await run(RISKY);
    expect(await run(OTHER_RISKY)).toBe("not-accepted");
    expect(labelled()).toBe(false);
  });

  it("is not accepted any more when the same plan has another risk, such as a freeze that has begun", async () => {
    await run(RISKY);
    setLabel();
    expect(await run(RISKY)).toBe("accepted");
    expect(await run(RISKY, COMMIT, false, "frozen")).toBe("not-accepted");
    expect(labelled()).toBe(false);
    setLabel();
    expect(await run(RISKY, COMMIT, false, "frozen")).toBe("accepted");
  });

  it("is not accepted by a label that was set while the comment showed fewer risks of it", async () => {
    await run(RISKY);
    setLabel();
    expect(await run(RISKY, COMMIT, false, "switched-off")).toBe("not-accepted");
  });

  it("is not accepted by what a stranger's comment shows", async () => {
    await run(RISKY);
    const [ours] = to.standIn.comments.splice(0);
    to.standIn.addComment(ours?.body ?? "", "mallory");
    setLabel();
    expect(await run(RISKY)).toBe("not-accepted");
  });

  it.each([
    [
      "to another digest",
      (body: string) => body.replace(/Digest `[0-9a-f]{64}`/, `Digest \`${"0".repeat(64)}\``),
    ],
    ["so that it reads as harmless", (body: string) => body.replaceAll("high", "low")],
    [
      "by a line",
      (body: string) => body.replace("### Risks", "Talked about it, everything is in order.\n\n### Risks"),
    ],
    [
      "so that it seems to be accepted",
      (body: string) => body.replace(/(commit \w+ -->)/, "$1\n<!-- queueit-cf accepted 1 -->"),
    ],
    ["and has no signature any more", (body: string) => body.replace(/<!-- queueit-cf signature .*/, "")],
  ])("is not accepted when somebody edited our comment %s", async (_name, edit) => {
    await run(RISKY);
    const [ours] = to.standIn.comments;
    if (ours !== undefined) to.standIn.editComment(ours, edit(ours.body));
    setLabel();
    expect(await run(RISKY)).toBe("not-accepted");
    expect(labelled()).toBe(false);
    // The run has put its own text back, and a label counts again.
    setLabel();
    expect(await run(RISKY)).toBe("accepted");
  });

  it("is not accepted by what our comment on another pull request shows", async () => {
    await run(RISKY);
    const [ours] = to.standIn.comments.splice(0);
    await run("noop");
    to.standIn.comments.splice(0);
    to.standIn.addComment(ours?.body ?? "", BOT, 8);
    to.standIn.addPullRequest({ number: 8 });
    to.standIn.addLabel(LABEL, "alice", 8);
    const { json, markdown } = recordedReports(RISKY);
    const report = parsePlanReport(json, "staging");
    const pullRequest = await readPullRequest(to.github, { number: 8 });
    const plan = { report, markdown, failOn: "high", planKey: KEY } as const;
    expect(await reviewOnPullRequest(to.github, pullRequest, BOT, plan)).toBe("not-accepted");
  });

  it.each([
    ["who may only triage", "tina"],
    ["who left", "nobody"],
    ["that is a workflow", BOT],
    ["that is another bot", "helper[bot]"],
  ])("is not accepted by the label of somebody %s", async (_name, login) => {
    to.standIn.permissions.set("tina", "read");
    await run(RISKY);
    setLabel(login);
    expect(await run(RISKY)).toBe("not-accepted");
    expect(comment()).toContain("did not count");
    expect(labelled()).toBe(false);
  });

  it("is not accepted by a label from before the comment showed it, even if taking it away had failed", async () => {
    await run("noop");
    setLabel();
    await run(RISKY);
    to.standIn.pullRequests[0]?.labels.push({ name: LABEL });
    expect(await run(RISKY)).toBe("not-accepted");
  });

  it("is not accepted any more when the label was taken away and set again by somebody else", async () => {
    to.standIn.permissions.set("tina", "read");
    await run(RISKY);
    setLabel();
    await run(RISKY);
    to.standIn.pullRequests[0]?.labels.splice(0);
    setLabel("tina");
    expect(await run(RISKY)).toBe("not-accepted");
  });

  it("takes the label away that was set while there was nothing to accept", async () => {
    await run("noop");
    setLabel();
    await run("noop");
    expect(labelled()).toBe(false);
  });

  it("is not judged from files of two different plans", async () => {
    to.standIn.addPullRequest({});
    const pullRequest = await readPullRequest(to.github, { number: 7 });
    const plan = {
      report: parsePlanReport(recordedReports("noop").json, "staging"),
      markdown: recordedReports(RISKY).markdown,
      failOn: "high",
      planKey: KEY,
    } as const;
    await expect(reviewOnPullRequest(to.github, pullRequest, BOT, plan)).rejects.toThrow("digests differ");
  });

  it("fails when the label cannot be taken away for any reason but that it is not there", async () => {
    to.standIn.addPullRequest({});
    const pullRequest = await readPullRequest(to.github, { number: 7 });
    await run(RISKY);
    to.standIn.failures.push(
      () => Response.json([]),
      () => Response.json({}, { status: 201 }),
      () => refused(403, "Resource not accessible by integration"),
    );
    const { json, markdown } = recordedReports(RISKY);
    const plan = {
      report: parsePlanReport(json, "staging"),
      markdown,
      failOn: "high",
      planKey: KEY,
    } as const;
    await expect(reviewOnPullRequest(to.github, pullRequest, BOT, plan)).rejects.toMatchObject({
      code: "github-forbidden",
    });
  });
});

describe("a run whose pull request has a newer commit", () => {
  it("writes nothing", async () => {
    to.standIn.addPullRequest({ head: { sha: NEWER } });
    await expect(readPullRequest(to.github, { number: 7, commit: COMMIT })).rejects.toMatchObject({
      code: "github-outdated",
    });
  });
});

describe("the JSON report of a plan", () => {
  it("is refused when it is another environment's", () => {
    expect(() => parsePlanReport(recordedReports("noop", "production").json, "staging")).toThrow(
      "not for staging",
    );
  });

  it.each([["{"], ["[]"], ['{"schema":"queueit-cf/plan-report/2"}']])("is refused when it is %s", (text) => {
    expect(() => parsePlanReport(text, "staging")).toThrow("not the JSON report of a plan");
  });

  it("is refused when its digest is none, so that nothing else gets into a workflow's outputs", () => {
    const { json, digest } = recordedReports("noop");
    const forged = json.replace(digest, "x\\nchanges=false");
    expect(() => parsePlanReport(forged, "staging")).toThrow("look at digest");
  });
});

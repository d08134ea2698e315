import { describe, expect, it } from "vitest";
import { driftMarker, reportDrift, resolveDrift } from "../../../infra/github/drift-issue.ts";
import { connected } from "./connected.ts";
import { BOT, type Issue } from "./stand-in.ts";

const to = connected();
const REPORT = "Protection removed from `shop.staging.example.com/*`";
const report = (text = REPORT, environment = "staging") => reportDrift(to.github, environment, BOT, text);
const resolve = () => resolveDrift(to.github, "staging", BOT);
const states = () => to.standIn.issues.map(({ state }) => state);

function addIssue(number: number, overrides: Partial<Issue> = {}) {
  to.standIn.issues.push({
    number,
    title: "Drift in staging",
    body: `${driftMarker("staging")}\n${REPORT}`,
    state: "open",
    state_reason: null,
    labels: [{ name: "queueit-drift" }],
    user: { login: BOT },
    ...overrides,
  });
}

describe("the drift issue of an environment", () => {
  it("is opened with its label", async () => {
    expect(await report()).toBe("opened");
    expect(to.standIn.issues).toMatchObject([
      { title: "Drift in staging", state: "open", labels: [{ name: "queueit-drift" }] },
    ]);
    expect(to.standIn.issues[0]?.body).toContain(REPORT);
  });

  it("is updated when other things drift, and left alone when the same do", async () => {
    await report();
    expect(await report()).toBe("unchanged");
    expect(await report("A secret is lost")).toBe("updated");
    expect(to.standIn.issues.length).toBe(1);
    expect(to.standIn.issues[0]?.body).toContain("A secret is lost");
  });

  it("gets its title back when somebody made it say that everything is in order", async () => {
    addIssue(1, { title: "Drift in staging: fixed, do not mind" });
    expect(await report()).toBe("updated");
    expect(to.standIn.issues).toMatchObject([{ title: "Drift in staging" }]);
  });

  it("keeps the marker that a report brings along", async () => {
    await report(`${driftMarker("staging")}\n${REPORT}`);
    expect(to.standIn.issues[0]?.body).toBe(`${driftMarker("staging")}\n${REPORT}`);
  });

  it("is closed, with a word to those who follow it, when nothing drifts any more", async () => {
    await report();
    expect(await resolve()).toBe("closed");
    expect(to.standIn.issues).toMatchObject([{ state: "closed", state_reason: "completed" }]);
    expect(to.standIn.comments.map(({ body }) => body)).toEqual(["There is no longer any drift."]);
  });

  it("is opened again when drift comes back", async () => {
    await report();
    await resolve();
    expect(await report("A secret is lost")).toBe("reopened");
    expect(to.standIn.issues).toMatchObject([{ state: "open", body: expect.stringContaining("A secret") }]);
    expect(to.standIn.comments.at(-1)?.body).toContain("drift again");
  });

  it("is not there while nothing ever drifted", async () => {
    expect(await resolve()).toBe("none");
    expect(to.standIn.issues).toEqual([]);
  });

  it("is one for each environment", async () => {
    await report(REPORT, "staging");
    await report(REPORT, "production");
    await resolve();
    expect(states()).toEqual(["closed", "open"]);
  });

  it("is the oldest where there are several; the others are closed", async () => {
    addIssue(4);
    addIssue(3);
    expect(await report("A secret is lost")).toBe("updated");
    expect(to.standIn.issues).toMatchObject([
      { number: 4, state: "closed", state_reason: "not_planned" },
      { number: 3, state: "open" },
    ]);
  });

  it("is found behind more than a page of others", async () => {
    for (let number = 1; number <= 120; number++) addIssue(number, { body: "Something else" });
    addIssue(121);
    expect(await report()).toBe("unchanged");
  });

  it("is never that of somebody else, a pull request, or one without the marker", async () => {
    addIssue(1, { user: { login: "mallory" } });
    addIssue(2, { pull_request: { url: "https://api.github.com/repos/acme/waiting-room/pulls/2" } });
    addIssue(3, { body: null });
    expect(await report()).toBe("opened");
    expect(states()).toEqual(["open", "open", "open", "open"]);
  });

  it("is not left behind without the label that finds it again", async () => {
    to.standIn.forbidden.add("label");
    await expect(report()).rejects.toMatchObject({ code: "github-label" });
    expect(states()).toEqual(["closed"]);
  });
});

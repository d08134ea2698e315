import { describe, expect, it } from "vitest";
import { commentText, failedText } from "../../../infra/github/comment-text.ts";
import { reviewedDigest } from "../../../infra/github/reviewed-digest.ts";
import { signed } from "../../../infra/github/signature.ts";
import { connected } from "./connected.ts";
import { recordedReports } from "./reports.ts";
import { BOT } from "./stand-in.ts";

const to = connected();
const [HEAD, MERGED] = ["a".repeat(40), "c".repeat(40)];
const { digest, markdown } = recordedReports("create");

function merge(overrides: Parameters<typeof to.standIn.addPullRequest>[0] = {}) {
  to.standIn.addPullRequest({
    head: { sha: HEAD },
    merged_at: "2026-11-24T12:00:00Z",
    merge_commit_sha: MERGED,
    commits: [MERGED],
    ...overrides,
  });
}

const KEY = "fake-plan-key";

interface Written {
  readonly environment?: string;
  readonly pullRequest?: number;
  readonly repository?: string;
  readonly text?: string;
  readonly key?: string;
}

/** A comment as the pipeline writes it. */
function ours(written: Written = {}): string {
  const {
    environment = "staging",
    pullRequest = 7,
    key = KEY,
    text = commentText("staging", markdown, HEAD),
  } = written;
  return signed(
    text,
    { repository: written.repository ?? to.github.repository, pullRequest, environment },
    key,
  );
}

const read = (branch?: string) =>
  reviewedDigest(to.github, { commit: MERGED, branch, environment: "staging", author: BOT, planKey: KEY });

describe("the reviewed digest of a commit", () => {
  it("is the one in the comment of the pull request that was merged as it", async () => {
    merge();
    to.standIn.addComment(ours());
    expect(await read()).toBe(digest);
  });

  it("is not there for a commit that was pushed directly", async () => {
    await expect(read()).rejects.toThrow("pushed directly");
  });

  it("is not there for a commit that pull requests only contain", async () => {
    merge({ merged_at: null });
    merge({ number: 8, merge_commit_sha: "d".repeat(40) });
    to.standIn.addComment(ours());
    await expect(read()).rejects.toThrow("pushed directly");
  });

  it("is never read from a comment of somebody else", async () => {
    merge();
    to.standIn.addComment(ours(), "mallory");
    await expect(read()).rejects.toThrow(`has no comment of ${BOT}`);
  });

  it("is not that of another environment", async () => {
    merge();
    const { markdown: production } = recordedReports("create", "production");
    to.standIn.addComment(
      ours({ environment: "production", text: commentText("production", production, HEAD) }),
    );
    await expect(read()).rejects.toMatchObject({ code: "github-nothing-reviewed" });
  });

  it.each([
    [
      "was edited to another digest",
      () => ours().replace(/Digest `[0-9a-f]{64}`/, `Digest \`${"0".repeat(64)}\``),
    ],
    [
      "was edited to another commit",
      () => ours({ text: commentText("staging", markdown, "e".repeat(40)) }).replace("e".repeat(40), HEAD),
    ],
    ["has more text", () => ours().replace("## ", "## All is well: ")],
    ["has no signature", () => commentText("staging", markdown, HEAD)],
    ["has a line below its signature", () => `${ours()}\nAll is well.`],
    ["was copied from another pull request", () => ours({ pullRequest: 8 })],
    ["was copied from another repository", () => ours({ repository: "/repos/mallory/waiting-room" })],
    ["was copied from another environment", () => ours({ environment: "production" })],
    ["was signed with another key", () => ours({ key: "fake-other-key" })],
  ])("is not there when the comment of our name %s", async (_name, body) => {
    merge();
    expect(body()).not.toBe(ours());
    to.standIn.addComment(body());
    await expect(read()).rejects.toMatchObject({ code: "github-nothing-reviewed" });
  });

  it("is there when GitHub wrote our line ends in its way", async () => {
    merge();
    to.standIn.addComment(`${ours().replaceAll("\n", "\r\n")}\r\n`);
    expect(await read()).toBe(digest);
  });

  it("is not that of a pull request into another branch", async () => {
    merge({ base: { ref: "experiment" } });
    to.standIn.addComment(ours());
    await expect(read("main")).rejects.toThrow('into "main"');
    expect(await read("experiment")).toBe(digest);
  });

  it("is not that of an earlier push", async () => {
    merge();
    to.standIn.addComment(ours({ text: commentText("staging", markdown, "e".repeat(40)) }));
    await expect(read()).rejects.toThrow("not of its last commit");
  });

  it("is not there when the last commit could not be planned", async () => {
    merge();
    to.standIn.addComment(failedText("staging", HEAD, undefined));
    await expect(read()).rejects.toThrow("start the deploy workflow by hand");
  });
});

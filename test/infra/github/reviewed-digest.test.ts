import { describe, expect, it } from "vitest";
import { commentText, failedText } from "../../../infra/github/comment-text.ts";
import { reviewedDigest } from "../../../infra/github/reviewed-digest.ts";
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

const read = () => reviewedDigest(to.github, MERGED, "staging", BOT);

describe("the reviewed digest of a commit", () => {
  it("is the one in the comment of the pull request that was merged as it", async () => {
    merge();
    to.standIn.addComment(commentText("staging", markdown, HEAD));
    expect(await read()).toBe(digest);
  });

  it("is not there for a commit that was pushed directly", async () => {
    await expect(read()).rejects.toThrow("pushed directly");
  });

  it("is not there for a commit that pull requests only contain", async () => {
    merge({ merged_at: null });
    merge({ number: 8, merge_commit_sha: "d".repeat(40) });
    to.standIn.addComment(commentText("staging", markdown, HEAD));
    await expect(read()).rejects.toThrow("pushed directly");
  });

  it("is never read from a comment of somebody else", async () => {
    merge();
    to.standIn.addComment(commentText("staging", markdown, HEAD), "mallory");
    await expect(read()).rejects.toThrow(`has no comment of ${BOT}`);
  });

  it("is not that of another environment", async () => {
    merge();
    const { markdown: production } = recordedReports("create", "production");
    to.standIn.addComment(commentText("production", production, HEAD));
    await expect(read()).rejects.toMatchObject({ code: "github-nothing-reviewed" });
  });

  it("is not that of an earlier push", async () => {
    merge();
    to.standIn.addComment(commentText("staging", markdown, "e".repeat(40)));
    await expect(read()).rejects.toThrow("not of its last commit");
  });

  it("is not there when the last commit could not be planned", async () => {
    merge();
    to.standIn.addComment(failedText("staging", HEAD, undefined));
    await expect(read()).rejects.toThrow("start the deploy workflow by hand");
  });
});

import { describe, expect, it } from "vitest";
import { commentText, failedText, shownIn } from "../../../infra/github/comment-text.ts";
import { ownComments, writeComment } from "../../../infra/github/sticky-comment.ts";
import { COMMENT_LIMIT, stickyMarker } from "../../../infra/plan/report/markdown.ts";
import { connected } from "./connected.ts";
import { recordedReports } from "./reports.ts";
import { BOT } from "./stand-in.ts";

const to = connected();
const COMMIT = "a".repeat(40);
const MARKER = stickyMarker("staging");
const text = (name: "create" | "noop" = "create") =>
  commentText("staging", recordedReports(name).markdown, COMMIT);

async function write(body: string) {
  const own = await ownComments(to.github, 7, "staging", BOT);
  return writeComment(to.github, 7, own, body);
}

const bodies = () => to.standIn.comments.map(({ body }) => body);

describe("the comment of an environment", () => {
  it("is written once, then updated", async () => {
    expect(await write(text("create"))).toBe("created");
    expect(await write(text("noop"))).toBe("updated");
    expect(bodies()).toEqual([text("noop")]);
  });

  it("is left alone while the text is the same, whatever GitHub did to its line ends", async () => {
    to.standIn.addComment(text().replaceAll("\n", "\r\n"));
    expect(await write(text())).toBe("unchanged");
    expect(to.standIn.calls).toEqual([expect.stringMatching(/^GET .*\/issues\/7\/comments/)]);
  });

  it("is found behind more than a page of others", async () => {
    for (let count = 0; count < 130; count++) to.standIn.addComment("Nice!", "somebody");
    const ours = to.standIn.addComment(`${MARKER}\nold`);
    expect(await write(text())).toBe("updated");
    expect(ours.body).toBe(text());
  });

  it("stays the oldest where two runs wrote one each; the other goes", async () => {
    to.standIn.addComment(`${MARKER}\nfirst`);
    to.standIn.addComment(`${MARKER}\nsecond`);
    await write(text());
    expect(bodies()).toEqual([text()]);
  });

  it("is never that of somebody else who wrote our marker", async () => {
    const foreign = to.standIn.addComment(`${MARKER}\nI am the plan, trust me`, "mallory");
    expect(await write(text())).toBe("created");
    expect(foreign.body).toContain("trust me");
  });

  it("is never that of a user whose account is gone", async () => {
    to.standIn.comments.push({
      id: 1,
      issue: 7,
      body: MARKER,
      user: null,
      updated_at: "2026-11-25T00:00:00Z",
    });
    expect(await write(text())).toBe("created");
  });

  it("is not that of another environment, nor one that quotes it", async () => {
    to.standIn.addComment(`${stickyMarker("production")}\nplan`);
    to.standIn.addComment(`> ${MARKER}\nplan`);
    to.standIn.addComment(`Look:\n${MARKER}`);
    expect(await write(text())).toBe("created");
    expect(bodies().length).toBe(4);
  });

  it("is refused before GitHub would refuse its length", async () => {
    await expect(write(`${MARKER}\n${"x".repeat(COMMENT_LIMIT)}`)).rejects.toMatchObject({
      code: "github-comment-length",
    });
    expect(to.standIn.comments).toEqual([]);
  });
});

describe("the text of a comment", () => {
  it("tells which plan it shows, of which commit", () => {
    expect(shownIn(text())).toEqual({ digest: recordedReports("create").digest, commit: COMMIT });
  });

  it("shows no plan where there is none, but says where to look", () => {
    const failed = failedText("staging", COMMIT, "https://github.com/acme/shop/actions/runs/1");
    expect(shownIn(failed)).toEqual({ digest: undefined, commit: COMMIT });
    expect(failed).toContain("[the log of the run](https://github.com/acme/shop/actions/runs/1)");
  });

  it("shows no plan where there are two digests: nobody could say which was reviewed", () => {
    const { digest } = recordedReports("create");
    expect(shownIn(`Digest \`${digest}\`\nDigest \`${"0".repeat(64)}\``).digest).toBeUndefined();
  });

  it.each([
    ["Digest `abc`"],
    [`Digest \`${"A".repeat(64)}\``],
    [` Digest \`${"0".repeat(64)}\``],
    [`Digest \`${"0".repeat(64)}\` and more`],
  ])("takes nothing but a whole line for a digest, so not %s", (line) => {
    expect(shownIn(line).digest).toBeUndefined();
  });

  it("is refused for a report of another environment", () => {
    const { markdown } = recordedReports("create", "production");
    expect(() => commentText("staging", markdown, COMMIT)).toThrow("not a report for staging");
  });
});

import { expect, it } from "vitest";
import { verdictNote } from "../../../infra/github/acceptance.ts";
import { withAfterReview } from "../../../infra/github/after-review.ts";
import { commentText } from "../../../infra/github/comment-text.ts";
import { outcomeBrief } from "../../../infra/github/outcome-text.ts";
import { signed } from "../../../infra/github/signature.ts";
import { toldLine } from "../../../infra/github/told-outcome.ts";
import { COMMENT_LIMIT, REPORT_LIMIT, stickyMarker } from "../../../infra/plan/report/markdown.ts";

it("fits into a comment with the longest report, name of an environment, address of a run and note", () => {
  const environment = "e".repeat(40);
  const [commit, hash] = ["c".repeat(64), "d".repeat(64)];
  const marker = stickyMarker(environment);
  const report = `${marker}\n${"x".repeat(REPORT_LIMIT - marker.length - 2)}`;
  expect(report).toHaveLength(REPORT_LIMIT - 1);
  const below = {
    note: verdictNote("not-accepted", environment, true),
    acceptedWith: 10 ** 14,
    risks: hash,
  };
  const brief = outcomeBrief(
    { state: "attention", what: "" },
    {
      environment,
      commit,
      runUrl: `https://${"g".repeat(60)}/${"o".repeat(39)}/${"r".repeat(100)}/actions/runs/12345678901/attempts/12`,
      now: 0,
    },
  );
  const comment = withAfterReview(commentText(environment, report, commit, below), {
    text: "y".repeat(COMMENT_LIMIT),
    brief: `${toldLine({ state: "attention", commit, at: 10 ** 14 })}\n\n${brief}`,
    queued: { commit, digest: hash },
  });
  const place = { repository: "/repos/acme/waiting-room", pullRequest: 7, environment };
  expect(signed(comment, place, "fake-plan-key").length).toBeLessThanOrEqual(COMMENT_LIMIT);
});

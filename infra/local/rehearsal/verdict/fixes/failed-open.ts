import { counted } from "../../../../text/counted.ts";
import { percent } from "../../../../text/figures.ts";
import { trafficOf } from "../traffic.ts";
import type { FixRule } from "./fix-rule.ts";
import { ownPath } from "../../../../text/own-path.ts";

/** From this share of the Worker's requests on, the queue was as good as off. */
const GRAVE = 0.01;

/** Visitors who passed because the connector could not work. */
export const failedOpen: FixRule = (rehearsal) => {
  const { invocations } = trafficOf(rehearsal);
  return rehearsal.failedOpen
    .filter(({ requests }) => requests > 0)
    .map(({ reason, requests, visitors }) => ({
      rule: "failed-open",
      level: requests / invocations >= GRAVE ? "high" : "medium",
      title: `${counted(requests, "request")} of ${counted(visitors, "visitor")} passed by failing open: ${reason}`,
      explanation: `${percent(requests, invocations)} of what the Worker saw reached the site without a turn.`,
      remedy: remedyFor(reason),
    }));
};

function remedyFor(reason: string): string {
  const page = `${ownPath("docs/worker-log.md")} says what each reason means`;
  if (reason.startsWith("configuration-")) {
    return (
      "A new isolate had neither KV nor a copy. Publish well before the sale, so that each data center has its copy, " +
      `and see with "queueit-cf verify" that it is live; ${page}.`
    );
  }
  if (reason.startsWith("secret-") || reason.endsWith("-missing")) {
    return `The Worker lacks what it validates with. Deploy again, then see with "queueit-cf verify" that it has it; ${page}.`;
  }
  return `Look at the Worker's log at that time; ${page}. If nobody may ever pass unqueued, set failure: "closed".`;
}

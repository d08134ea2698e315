import { counted } from "../../../../text/counted.ts";
import type { FixRule } from "./fix-rule.ts";
import { ownPath } from "../../../../text/own-path.ts";

/** Errors that are the connector's. */
export const ownErrors: FixRule = ({ breachCounts, requests }) =>
  breachCounts.answered === 0
    ? []
    : [
        {
          rule: "own-errors",
          level: "high",
          title: `${counted(Math.max(breachCounts.answered, requests.errors), "request")} without an answer of the site`,
          explanation: "Visitors saw an error page where the site would have answered.",
          remedy:
            `Look at the reasons in the Worker's log (${ownPath("docs/worker-log.md")}). With failure: "open" in the environment ` +
            'the site answers where the connector cannot; with "closed", a 503 while KV fails is what was chosen.',
        },
      ];

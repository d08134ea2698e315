import { counted } from "../../../../text/counted.ts";
import type { FixRule } from "./fix-rule.ts";

/** A way past the queue. */
export const passedWithoutTurn: FixRule = ({ breachCounts, breaches }) => {
  if (breachCounts.turn === 0) return [];
  const kinds = [
    ...new Set(breaches.filter(({ promise }) => promise === "turn").map(({ visitor }) => visitor.kind)),
  ];
  return [
    {
      rule: "passed-without-turn",
      level: "high",
      title: `${counted(breachCounts.turn, "visit")} of a protected page without a turn`,
      explanation: `The queue is no queue to whoever knows how${kinds.length === 0 ? "" : ` (${kinds.join(", ")})`}.`,
      remedy:
        'Read the first story, and ask "queueit-cf config explain" about its address. Do not go live with this ' +
        "bundle and configuration before a rehearsal with the same seed keeps the promise.",
    },
  ];
};

import { trafficOf } from "../traffic.ts";
import type { FixRule } from "./fix-rule.ts";

/** A waiting room that nobody was sent to. */
export const protectsNothing: FixRule = (rehearsal) => {
  const { requests, invocations } = trafficOf(rehearsal);
  if (requests === 0 || rehearsal.requests.toWaitingRoom > 0) return [];
  return [
    {
      rule: "protects-nothing",
      level: "high",
      title: "Nobody was sent to the waiting room",
      explanation:
        invocations === 0
          ? "No request reached the Worker: the routes let all of them past it."
          : "The Worker saw the requests, and no action of the integration configuration took one.",
      remedy:
        'Ask "queueit-cf routes explain" and "queueit-cf config explain" about the page that is to be protected.',
    },
  ];
};

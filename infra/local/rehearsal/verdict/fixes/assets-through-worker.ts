import { percent } from "../../../../text/figures.ts";
import { trafficOf } from "../traffic.ts";
import type { FixRule } from "./fix-rule.ts";

/** From this share of the invocations on, it is worth a route. */
const WORTH_IT = 0.3;

/** Requests that the Worker is paid for and does nothing about. */
export const assetsThroughWorker: FixRule = (rehearsal) => {
  const { unprotected } = rehearsal.requests;
  const { invocations } = trafficOf(rehearsal);
  if (unprotected <= invocations * WORTH_IT) return [];
  return [
    {
      rule: "assets-through-worker",
      level: "low",
      title: `${percent(unprotected, invocations)} of the invocations matched no action`,
      explanation:
        "Static files and open pages go through the Worker, which costs time and money and changes nothing.",
      remedy:
        'Add their paths to bypass of the environment\'s site; "queueit-cf routes explain" shows which route takes a ' +
        'page, and "queueit-cf init" proposes what may skip the Worker.',
    },
  ];
};

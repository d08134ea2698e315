import { knownSwitches } from "../../specification/switches.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A route that goes to a Worker which nobody named for it, and which may not make anybody queue. */
export const anotherWorker: RiskRule = ({ before, after, context: { bypassWorkers = [], switches } }) => {
  const whileOff = knownSwitches(switches).sites.flatMap(({ routes }) => routes.map(({ off }) => off));
  return after.routes.flatMap(({ address, pattern, worker: script }) => {
    const old = before.routes.find((route) => route.address === address);
    if (script === undefined || bypassWorkers.includes(script) || whileOff.includes(script)) return [];
    if (old?.script === script) return [];
    return [
      {
        rule: "another-worker",
        level: "high",
        title: sentence`${pattern ?? address} goes to ${script}, a Worker that is not in this plan`,
        explanation: "Whether that Worker sends visitors to the waiting room is unknown.",
        remedy:
          "Point the route at the connector's Worker, name that Worker in bypass of the environment, or keep other " +
          "Workers' routes in their own stack.",
      },
    ];
  });
};

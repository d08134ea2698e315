import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A protected route that goes to a Worker which is not in the plan, and may not make anybody queue. */
export const anotherWorker: RiskRule = ({ before, after }) => {
  const ours = new Set(after.workers.map(({ name }) => name));
  return after.routes.flatMap(({ address, kind, pattern, script }) => {
    const old = before.routes.find((route) => route.address === address);
    if (kind !== "protect" || script === undefined || ours.size === 0 || ours.has(script)) return [];
    if (old?.script === script) return [];
    return [
      {
        rule: "another-worker",
        level: "high",
        title: sentence`${pattern ?? address} goes to ${script}, a Worker that is not in this plan`,
        explanation: "Whether that Worker sends visitors to the waiting room is unknown.",
        remedy:
          "Point the route at the connector's Worker, or keep other Workers' routes in their own stack.",
      },
    ];
  });
};

import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A queueing action that a new configuration does not have any more. */
export const actionLost: RiskRule = ({ changes }) =>
  changes.flatMap((change) =>
    change.kind !== "configuration" || change.effect === "destroy"
      ? []
      : change.lostActions.map((name) => ({
          rule: "action-lost",
          level: "high" as const,
          title: sentence`Action ${name} queues nobody any more`,
          explanation: "Pages that only this action matched are answered without the waiting room.",
          remedy:
            "Keep the action in the configuration's file, or make sure that another one matches its pages.",
        })),
  );

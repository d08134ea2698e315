import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/**
 * An action that sent visitors to a waiting room and does not any more: it is gone, lost its type or its
 * triggers, or comes behind one that lets the same visitors pass.
 */
export const actionLost: RiskRule = ({ changes }) =>
  changes.flatMap((change) =>
    change.kind !== "configuration" || change.effect === "destroy"
      ? []
      : change.lostActions.map((name) => ({
          rule: "action-lost",
          level: "high" as const,
          title: sentence`Action ${name} no longer makes anybody queue`,
          explanation: "Pages that only this action matched are answered without the waiting room.",
          remedy:
            "Keep it as a Queue action with triggers, before any other action for the same pages that " +
            "lets visitors pass; or make sure that another Queue action matches its pages.",
        })),
  );

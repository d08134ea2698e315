import { CONFIGURATION_BINDING } from "../../../worker/deployment/variables.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A Worker that runs on without the namespace it reads its configuration from. */
export const configurationUnbound: RiskRule = ({ before, after }) =>
  after.workers.flatMap(({ address, name, bindings }) => {
    const old = before.workers.find((worker) => worker.address === address);
    if (old?.bindings.has(CONFIGURATION_BINDING) !== true || bindings.has(CONFIGURATION_BINDING)) return [];
    return [
      {
        rule: "configuration-unbound",
        level: "high",
        title: sentence`Worker ${name} loses the binding ${CONFIGURATION_BINDING}`,
        explanation:
          "Without it the Worker has no integration configuration and does not make anybody queue.",
        remedy: "Keep the binding, or name it in the environment if the Worker's file uses another name.",
      },
    ];
  });

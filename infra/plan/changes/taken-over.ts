import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import { routeOf, TYPES } from "../deployment.ts";
import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { shown } from "../value.ts";

/**
 * What it means that Terraform takes over something that exists, an import in its own word: from then on it is
 * changed and deleted from here. What the same plan changes of it is told apart.
 */
export function takenOver(
  { address, type, before, after, operation }: PlannedResource,
  connectors: ReadonlySet<string>,
): Sentence {
  const values = before ?? after ?? {};
  const isKept = operation === "no-op";
  switch (type) {
    case TYPES.route: {
      const { kind, pattern } = routeOf(address, values, connectors);
      const words = kind === "bypass" ? "Bypass" : "Route";
      return [`${words} `, ...sentence`${pattern ?? address}`, " is taken over"];
    }
    case TYPES.script:
      return sentence`Worker ${shown(values["script_name"] ?? address)} is taken over`;
    case TYPES.namespace:
      return sentence`KV namespace ${shown(values["title"] ?? address)} is taken over, with what is in it`;
    case TYPES.value:
      if (values["key_name"] !== CONFIGURATION_KEY) break;
      return [`Integration configuration is taken over${isKept ? " as it is" : ""}`];
  }
  return sentence`${address} is taken over${isKept ? " as it is" : ""}`;
}

import type { Plan } from "../plan.ts";
import { sentence } from "../sentence.ts";
import { shown } from "../value.ts";
import type { Change } from "./change.ts";

/** Outputs that other stacks and people read. */
export function outputChanges({ outputs }: Plan): readonly Change[] {
  return outputs
    .filter(({ operation }) => operation !== "no-op" && operation !== "read")
    .map(({ name, operation, before, after }): Change => {
      const [was, is] = [shown(before), shown(after)];
      const base = {
        kind: "output",
        name,
        address: `output.${name}`,
        before: operation === "create" ? undefined : was,
        after: operation === "delete" ? undefined : is,
        details: [],
      } as const;
      if (operation === "create")
        return { ...base, effect: "create", sentence: sentence`Output ${name}: ${is}` };
      if (operation === "delete") {
        return { ...base, effect: "destroy", sentence: sentence`Output ${name} removed, was ${was}` };
      }
      return { ...base, effect: "update", sentence: sentence`Output ${name}: ${was} → ${is}` };
    });
}

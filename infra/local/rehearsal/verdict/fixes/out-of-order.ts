import { counted } from "../../../../text/counted.ts";
import type { FixRule } from "./fix-rule.ts";

/** Visitors who were let in before their turn, or after it. */
export const outOfOrder: FixRule = ({ breachCounts }) =>
  breachCounts.order === 0
    ? []
    : [
        {
          rule: "out-of-order",
          level: "medium",
          title: `${counted(breachCounts.order, "visitor")} let in out of order`,
          explanation: "People compare with each other who got in when.",
          remedy:
            "Read the first story: whoever was called and came later than others did nothing wrong, and wants a larger " +
            "tolerance in the scenario. Anything else is one; report it to Queue-it, which keeps the order.",
        },
      ];

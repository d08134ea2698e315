import { errorAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** A freeze that is over before it begins would hold nobody back. */
export const freeze: Rule = ({ freeze: windows = [] }) =>
  windows.flatMap(({ from, until }, index) =>
    Date.parse(from) < Date.parse(until)
      ? []
      : [
          errorAt(
            `freeze[${index}].until`,
            "freeze-order",
            until,
            `is not after ${from}, when it begins`,
            "write a later moment",
          ),
        ],
  );

import { exampleValues } from "../example-values.ts";
import { warningAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** Example values preview and synthesize; the stack refuses to plan them. */
export const leftExamples: Rule = (draft) =>
  exampleValues(draft).map(({ path, value }) =>
    warningAt(
      path,
      "example-value",
      value,
      "is an example value",
      "replace it with your own before you deploy",
    ),
  );

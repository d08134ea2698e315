import type { ProblemCode } from "../../../errors/problem-codes.ts";
import { nearest } from "../../../text/nearest.ts";
import { errorAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** `promotedFrom` names another environment, and the chain it begins has an end. */
export const promotion: Rule = ({ name, promotedFrom }, { all }) => {
  if (promotedFrom === undefined) return [];
  const at = (code: ProblemCode, what: string, remedy: string) => [
    errorAt("promotedFrom", code, promotedFrom, what, remedy),
  ];
  if (promotedFrom === name) {
    return at("promotion-self", "is this environment itself", "name another environment, or remove it");
  }
  const names = all.map((draft) => draft.name);
  if (!names.includes(promotedFrom)) {
    const guess = nearest(promotedFrom, names);
    const others = names.filter((other) => other !== name).join(", ");
    const known = others === "" ? "there is no other environment: remove it" : `name one of ${others}`;
    return at(
      "promotion-unknown",
      "is not an environment",
      guess === undefined ? known : `did you mean ${guess}?`,
    );
  }
  const chain = [name, promotedFrom];
  for (;;) {
    const last = chain.at(-1);
    const next = all.find((draft) => draft.name === last)?.promotedFrom;
    if (next === undefined) return [];
    if (next === name) {
      const circle = [...chain, name].join(" from ");
      return at(
        "promotion-cycle",
        `forms a circle: ${circle}`,
        "remove promotedFrom of the first environment",
      );
    }
    // A circle that this environment is not in is the others' problem.
    if (chain.includes(next)) return [];
    chain.push(next);
  }
};

import { CONFIGURATION_BINDING, SECRETS, VARIABLES } from "../../../../worker/deployment/variables.ts";
import { nearest } from "../../../text/nearest.ts";
import { errorAt, type Finding } from "../problem.ts";
import { pathText } from "../structure.ts";
import type { Rule } from "./rule.ts";

const KNOWN: readonly string[] = [
  CONFIGURATION_BINDING,
  ...Object.values(VARIABLES),
  ...Object.values(SECRETS),
];

/** `worker.names` renames names that exist, each to one of its own. */
export const workerNames: Rule = ({ worker }) => {
  const names = worker?.source === "file" ? (worker.names ?? {}) : {};
  const entries = Object.entries(names);
  const kept = KNOWN.filter((name) => !entries.some(([ours]) => ours === name));
  const taken = new Map(kept.map((name) => [name, `the name that ${name} keeps`]));
  return entries.flatMap(([ours, theirs]) => {
    const path = pathText(["worker", "names", ours]);
    if (!KNOWN.includes(ours)) return [unknownName(path, ours)];
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(theirs)) {
      const remedy =
        "write the name the file uses, never a value: letters, digits and underscores, no digit first";
      return [errorAt(path, "worker-names-form", undefined, "is not renamed to a name", remedy)];
    }
    const other = taken.get(theirs);
    taken.set(theirs, other ?? `also the new name of ${ours}`);
    if (other === undefined) return [];
    return [errorAt(path, "worker-names-duplicate", theirs, `is ${other}`, "give each its own name")];
  });
};

function unknownName(path: string, name: string): Finding {
  const guess = nearest(name, KNOWN);
  const remedy = guess === undefined ? `valid are ${KNOWN.join(", ")}` : `did you mean ${guess}?`;
  return errorAt(path, "worker-names-unknown", undefined, "is not a name that the Worker is given", remedy);
}

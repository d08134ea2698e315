import { HOOKS_VARIABLE } from "../../../worker/deployment/variables.ts";
import { readHooksText } from "../../specification/hooks-text.ts";
import { type Sentence, sentence } from "../sentence.ts";
import type { Change } from "./change.ts";

type VariableChange = Extract<Change, { kind: "variable" }>;

/** A change of the variable that names the hooks in a bundle, in words about hooks; any other change as it is. */
export function withHooksWords(change: Change): Change {
  if (change.kind !== "variable" || change.name !== HOOKS_VARIABLE) return change;
  const words = hooksWords(change);
  return words === undefined ? change : { ...change, sentence: words };
}

function hooksWords({ before, after }: VariableChange): Sentence | undefined {
  const [was, is] = [readHooksText(before), readHooksText(after)];
  if (is === undefined) return was && sentence`Hooks ${was.path} (${was.hash}) removed`;
  const names = is.names.join(", ");
  if (was === undefined) return sentence`Hooks ${is.path} (${is.hash}) added: ${names}`;
  const hashes = was.hash === is.hash ? is.hash : `${was.hash} → ${is.hash}`;
  const files = was.path === is.path ? is.path : `${was.path} → ${is.path}`;
  const defined = was.names.join() === is.names.join() ? names : `${was.names.join(", ")} → ${names}`;
  return sentence`Hooks ${files} (${hashes}): ${defined}`;
}

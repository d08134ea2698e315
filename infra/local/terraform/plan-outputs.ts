import { isDeepStrictEqual } from "node:util";
import { UnsupportedExpression, referencesIn, resolve } from "./expression.ts";
import { lookUpIn } from "./look-up.ts";
import type { Stack } from "./read-stack.ts";
import type { Values } from "./resources/values.ts";
import { stackError } from "./stack-error.ts";
import type { HeldOutput, State } from "./state.ts";

export interface OutputChange {
  readonly name: string;
  readonly action: "no-op" | "create" | "update" | "delete";
  readonly before: HeldOutput | undefined;
  /** The value may hold what is not known yet. */
  readonly after: HeldOutput | undefined;
}

/**
 * Outputs of a stack, from what is known of its resources.
 *
 * @param missing Addresses that nothing is known of. Outputs that need one of them stay as they are in the
 *   state.
 * @throws UserError `local-stack` for an output that only Terraform itself can evaluate.
 */
export function outputsOf(
  stack: Stack,
  known: ReadonlyMap<string, Values>,
  missing: ReadonlySet<string>,
  state: State,
): ReadonlyMap<string, HeldOutput> {
  const outputs = new Map<string, HeldOutput>();
  for (const { name, value, sensitive } of stack.outputs) {
    try {
      const isMissing = referencesIn(value).some(({ address }) => missing.has(address));
      const before = state.outputs.get(name);
      if (!isMissing) {
        outputs.set(name, { value: resolve(value, lookUpIn(stack, known, `output.${name}`)), sensitive });
      } else if (before !== undefined) {
        outputs.set(name, before);
      }
    } catch (error) {
      if (!(error instanceof UnsupportedExpression)) throw error;
      throw stackError([`output.${name} ${error.message}`]);
    }
  }
  return outputs;
}

/** What becomes of each output, by name. */
export function outputChanges(
  { outputs: before }: State,
  after: ReadonlyMap<string, HeldOutput>,
): readonly OutputChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return { name, action: actionOf(was, is), before: was, after: is };
  });
}

function actionOf(was: HeldOutput | undefined, is: HeldOutput | undefined): OutputChange["action"] {
  if (was === undefined) return "create";
  if (is === undefined) return "delete";
  return isDeepStrictEqual(was, is) ? "no-op" : "update";
}

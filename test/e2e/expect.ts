import { isDeepStrictEqual } from "node:util";
import { StepFailed } from "./step-failed.ts";

/** Ends the step unless the condition holds. */
export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new StepFailed(otherwise);
}

/** Ends the step with both values unless they are equal. */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new StepFailed(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}

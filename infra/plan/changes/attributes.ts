import { differences } from "../noise.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { Secret } from "../secret.ts";
import { type PlanObject, type PlanValue, shown } from "../value.ts";

/** Attributes that differ, one line each. */
export function attributeLines(
  type: string,
  before: PlanObject | undefined,
  after: PlanObject | undefined,
): readonly Sentence[] {
  return differences(type, before, after).map(
    (difference) => sentence`${difference.path}: ${transition(difference.before, difference.after)}`,
  );
}

/** A value before and after, as one text. Two secrets are never told apart by more than that they differ. */
function transition(before: PlanValue | undefined, after: PlanValue | undefined): string {
  if (before instanceof Secret && after instanceof Secret) return "(secret, changed)";
  if ((before ?? null) === null) return shown(after);
  return `${shown(before)} → ${shown(after)}`;
}

import { triggerSentence } from "../../plan/changes/trigger-words.ts";
import { written } from "../../plan/sentence.ts";
import { quoted } from "../../queue-it/quoted.ts";
import type { Condition } from "./condition.ts";

/** A condition as people read it, its literals in quotes: `the path contains "/tickets"`. */
export function conditionWords({ part }: Pick<Condition, "part">): string {
  return written(triggerSentence({ LogicalOperator: "And", TriggerParts: [part] }), quoted);
}

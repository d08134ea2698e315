import { triggerSentence } from "../plan/changes/trigger-words.ts";
import { written } from "../plan/sentence.ts";
import { quoted } from "../queue-it/quoted.ts";
import type { Action } from "../../worker/configuration/integration-configuration.ts";

/** Each trigger of an action in words, its literals in quotes. */
export function triggersOf({ Triggers: triggers }: Pick<Action, "Triggers">): readonly string[] {
  return triggers.map((trigger) => written(triggerSentence(trigger), quoted));
}

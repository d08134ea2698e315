import { actionTypeWords } from "../../queue-it/action-effect.ts";
import { printable } from "../../text/printable.ts";
import { answerWords } from "./answer-words.ts";
import type { WorkerSteps } from "./explain-request.ts";

/** Which action matched and why, and what was decided: one line. */
export function summaryOf(worker: WorkerSteps): string {
  return `${reasonOf(worker)} → ${answerWords(worker).words}`;
}

function reasonOf({ matching: { actions, matched } }: WorkerSteps): string {
  const last = actions.at(-1);
  if (matched === undefined || last === undefined) return "no action matches";
  const trigger = last.triggers.find(({ holds }) => holds);
  const conditions = trigger?.conditions.filter(({ holds }) => holds).map(({ words }) => words) ?? [];
  const why =
    conditions.length === 0
      ? "it always applies"
      : conditions.join(trigger?.operator === "or" ? " or " : " and ");
  return printable(`${last.name} (${actionTypeWords(last.type)}): ${why}`);
}

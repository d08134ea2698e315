import { actionTypeWords } from "../../queue-it/action-effect.ts";
import { quoted } from "../../queue-it/quoted.ts";
import { written } from "../../plan/sentence.ts";
import { outcomeSentence } from "../../plan/report/outcome.ts";
import { printable } from "../../text/printable.ts";
import { counted } from "../../text/counted.ts";
import { answerWords } from "./answer-words.ts";
import type { ExplainedRequest, WorkerSteps } from "./explain-request.ts";
import type { ActionStep, Matching } from "./match-steps.ts";
import { ownPath } from "../../text/own-path.ts";

/** More actions than that before the one that counts are counted, not shown. */
const MOST_ACTIONS = 12;

/** One step of an explanation: what it is about, and its lines, indented where one belongs to the line above. */
export interface ExplainedStep {
  readonly title: "Route" | "Actions" | "Session" | "Token" | "Answer" | "Note";
  readonly lines: readonly string[];
}

/**
 * An explanation in words, step by step; a step without anything to say is left out.
 *
 * @param showsAll Whether every action that was tried is shown, however many there are.
 * @param unknown Why no configuration is known.
 */
export function explainedSteps(
  { route, worker }: ExplainedRequest,
  showsAll: boolean,
  unknown = "",
): readonly ExplainedStep[] {
  const steps = [
    step("Route", [
      written(outcomeSentence({ ...route, action: "none" }), printable).replace(", no action applies", ""),
      ...route.outranked.map((pattern) => `outranks ${printable(pattern)}`),
    ]),
    ...(worker === undefined
      ? [
          step("Answer", [
            route.outcome === "protected"
              ? `not known: ${unknown}`
              : `${route.worker === undefined ? "the site" : `the Worker ${printable(route.worker)}`} answers; the ${
                  route.worker === undefined ? "Worker" : "connector"
                } does not see the request`,
          ]),
        ]
      : workerSteps(worker, showsAll)),
  ];
  return steps.filter(({ lines }) => lines.length > 0);
}

function step(title: ExplainedStep["title"], lines: readonly string[]): ExplainedStep {
  return { title, lines };
}

function workerSteps(worker: WorkerSteps, showsAll: boolean): readonly ExplainedStep[] {
  const { matching, credentials, notes, log } = worker;
  const { words, address } = answerWords(worker);
  const sessions = credentials.filter(({ kind }) => kind === "session");
  const tokens = credentials.filter(({ kind }) => kind === "token");
  const mark = { valid: "✓", refused: "✗", none: "–", "not-checked": "?" } as const;
  return [
    step("Actions", actionLines(matching, showsAll)),
    step(
      "Session",
      sessions.map(({ state, waitingRoom, words: said }) =>
        printable(state === "none" ? `${mark[state]} ${said}` : `${mark[state]} ${waitingRoom}: ${said}`),
      ),
    ),
    step(
      "Token",
      tokens.map(({ state, waitingRoom, words: said }) =>
        printable(`${mark[state]} ${waitingRoom === "" ? "" : `for ${waitingRoom}: `}${said}`),
      ),
    ),
    step("Answer", [words, ...(address === undefined ? [] : [`  ${printable(address)}`])]),
    step("Note", [
      ...notes,
      ...log.map(
        ({ event, reason }) =>
          `The Worker writes ${event} (${reason}) to its log; see ${ownPath("docs/worker-log.md")}.`,
      ),
    ]),
  ];
}

function actionLines(matching: Matching, showsAll: boolean): readonly string[] {
  const { actions, matched, notAsked, reading, readings } = matching;
  const hidden = showsAll ? 0 : Math.max(0, actions.length - MOST_ACTIONS);
  const shown = matched === undefined ? actions.slice(0, actions.length - hidden) : actions.slice(hidden);
  const more =
    hidden === 0
      ? []
      : [`${counted(hidden, "more action")} ${hidden === 1 ? "does" : "do"} not match (--all shows them)`];
  return [
    ...(reading === undefined
      ? readings > 1
        ? [`matched in ${readings} spellings of the URL`]
        : []
      : [`matched in the spelling ${printable(reading)}, one of ${readings}`]),
    ...(matched === undefined ? [] : more),
    ...shown.flatMap(stepLines),
    ...(matched === undefined
      ? [...more, actions.length === 0 ? "the configuration has none" : "none matches"]
      : []),
    ...(notAsked === 0
      ? []
      : [`${counted(notAsked, "action")} after it ${notAsked === 1 ? "is" : "are"} not looked at`]),
  ];
}

function stepLines({ order, name, type, matches, triggers }: ActionStep): readonly string[] {
  return [
    `${matches ? "✓" : "✗"} ${order} ${printable(name)} (${printable(actionTypeWords(type))})`,
    ...(triggers.length === 0 ? ["    it has no trigger"] : []),
    ...triggers.flatMap(({ operator, holds, conditions }, index) => [
      ...(triggers.length === 1
        ? []
        : [
            `  ${holds ? "✓" : "✗"} trigger ${index + 1}${conditions.length > 1 ? `, ${operator === "or" ? "any" : "all"} of` : ""}`,
          ]),
      ...(conditions.length === 0
        ? [`    ${operator === "or" ? "never" : "always"}: it has no condition`]
        : []),
      ...conditions.map(
        ({ words, holds: isTrue, seen }) =>
          `    ${isTrue ? "✓" : "✗"} ${printable(words)}${seen === undefined ? "" : `; it is ${quoted(seen)}`}`,
      ),
    ]),
  ];
}

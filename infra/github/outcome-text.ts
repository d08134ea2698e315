import { codeSpan, escapedProse } from "../plan/report/markdown-value.ts";
import type { Outcome, OutcomeState } from "./outcome.ts";

export interface OutcomePlace {
  readonly environment: string;
  /** What was to be deployed. */
  readonly commit: string;
  /** Address of the run, which is ours; undefined outside of a workflow. */
  readonly runUrl: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const HEADINGS: Readonly<Record<OutcomeState, (name: string) => string>> = {
  deployed: (name) => `✅ Deployed to ${name}`,
  refused: (name) => `🛑 Not deployed to ${name}: refused`,
  failed: (name) => `❌ The deploy to ${name} failed`,
  attention: (name) => `⚠️ The deploy to ${name} needs attention`,
};

/** A message is for one screen: its end is in the log. */
const MOST_LINES = 15;
const LONGEST_LINE = 400;

/** An outcome as a part of a comment, in Markdown. What commands said stays text, whatever it looks like. */
export function outcomeText(outcome: Outcome, place: OutcomePlace): string {
  const { what, said, found = [], next } = outcome;
  return [
    outcomeBrief(outcome, place),
    "",
    what,
    ...(said === undefined ? [] : ["", ...quoted(said)]),
    ...(found.length === 0 ? [] : ["", ...found.flatMap(checkLines)]),
    ...(next === undefined ? [] : ["", `**Next:** ${next}`]),
  ].join("\n");
}

/** Its heading, time and run alone. */
export function outcomeBrief({ state }: Outcome, { environment, commit, runUrl, now }: OutcomePlace): string {
  const when = new Date(now).toISOString().slice(0, 16).replace("T", " ");
  const where = runUrl === undefined ? "" : ` · [run](${runUrl})`;
  return `### ${HEADINGS[state](`\`${environment}\``)}\n\n${when} UTC · commit ${commit.slice(0, 12)}${where}`;
}

function quoted(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const shown = lines.slice(0, MOST_LINES).map((line) => `> ${prose(line)}`);
  const rest = lines.length - shown.length;
  return [
    ...shown.flatMap((line, index) => (index === 0 ? [line] : [">", line])),
    ...(rest > 0 ? [">", `> and ${rest} more ${rest === 1 ? "line" : "lines"}, in the log`] : []),
  ];
}

function checkLines({ name, detail, remedy }: NonNullable<Outcome["found"]>[number]): readonly string[] {
  return [
    `- ${codeSpan(name)}: ${prose(detail)}`,
    ...(remedy === undefined || remedy === null || remedy === "" ? [] : [`  <br>→ ${prose(remedy)}`]),
  ];
}

function prose(text: string): string {
  return escapedProse(text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text);
}

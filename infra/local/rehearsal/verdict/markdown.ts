import { codeSpan, escapedProse } from "../../../plan/report/markdown-value.ts";
import { shortened } from "../../../plan/value.ts";
import { duration } from "../../../text/duration.ts";
import type { Breach } from "../rehearsal.ts";
import { costSentence, lineSentence, rehearsedSentence, STATES, trafficSentence } from "./sentences.ts";
import { failedOpenTable, outcomesTable, type Table, waitsTable } from "./tables.ts";
import type { Fix, PromiseState, PromiseVerdict, Verdict } from "./verdict.ts";

/**
 * Characters at most. A pull request's comment has 65,536 of them, and this stands below the report of the plan.
 */
export const SUMMARY_LIMIT = 12_000;

/**
 * How much is told until it fits: steps of a story from its end, fixes, rows of a table, and characters of each text,
 * which become up to nine times as many where all have to be escaped.
 */
const MEASURES = [
  { steps: 12, fixes: 8, rows: 20, characters: 300 },
  { steps: 4, fixes: 5, rows: 10, characters: 150 },
  { steps: 0, fixes: 3, rows: 5, characters: 60 },
  { steps: 0, fixes: 1, rows: 1, characters: 20 },
] as const;

type Measure = (typeof MEASURES)[number];

const EMBLEMS: Readonly<Record<PromiseState, string>> = {
  kept: "✅",
  excepted: "⚠️",
  broken: "❌",
  "not-tried": "⚪",
};

/** The summary for a pull request: promises and what to fix, the rest folded. Where it would be too long, it tells less. */
export function verdictMarkdown(verdict: Verdict): string {
  let text = "";
  for (const measure of MEASURES) {
    text = summary(verdict, measure);
    if (text.length <= SUMMARY_LIMIT) break;
  }
  return text;
}

function summary(verdict: Verdict, measure: Measure): string {
  const { environment, headline, promises, fixes, line, traffic, cost, notTried, scenario } = verdict;
  const { prose, table } = writer(measure);
  const rest = fixes.length - measure.fixes;
  return [
    `### Rehearsal of ${codeSpan(shortened(environment, 40))}: ${prose(scenario.name)}`,
    "",
    `**${escapedProse(headline)}** ${escapedProse(rehearsedSentence(verdict))}`,
    "",
    ...promises.flatMap((promise) => promiseLines(promise, measure)),
    "",
    ...(fixes.length === 0 ? [] : ["**What to fix**", ""]),
    ...fixes.slice(0, measure.fixes).flatMap((fix) => fixLines(fix, measure)),
    ...(rest > 0 ? [`- and ${rest} more, in the JSON report`] : []),
    "",
    ...fold("Waiting, requests and cost", [
      escapedProse(lineSentence(line)),
      "",
      ...table(waitsTable(verdict)),
      escapedProse(trafficSentence(traffic)),
      "",
      ...table(outcomesTable(verdict)),
      ...table(failedOpenTable(verdict)),
      escapedProse(costSentence(cost)),
    ]),
    ...(notTried.length === 0 ? [] : [`Not tried: ${notTried.map(escapedProse).join("; ")}.`, ""]),
  ].join("\n");
}

function promiseLines(
  { state, title, sentence, stories }: PromiseVerdict,
  measure: Measure,
): readonly string[] {
  return [
    `- ${EMBLEMS[state]} **${title}**: ${STATES[state]}`,
    `  <br>${escapedProse(sentence)}`,
    ...stories.slice(0, 1).flatMap((first) => breachLines(first, measure)),
  ];
}

/** The end of a story is what matters, where there is no room for all of it. */
function breachLines({ visitor, atMs, what, story }: Breach, measure: Measure): readonly string[] {
  const { prose, span } = writer(measure);
  const shown = measure.steps === 0 ? [] : story.slice(-measure.steps);
  const before = story.length - shown.length;
  return [
    `  - ${prose(`${visitor.kind} ${visitor.number} after ${duration(atMs)}: ${what}`)}`,
    ...(before > 0 ? [`    - ${before} steps before, in the JSON report`] : []),
    ...shown.map((step) => `    - ${duration(step.atMs)} ${span(step.asked)} → ${prose(step.got)}`),
  ];
}

function fixLines({ level, title, explanation, remedy }: Fix, measure: Measure): readonly string[] {
  const { prose } = writer(measure);
  return [`- **${level}** ${prose(title)}`, `  <br>${prose(explanation)}`, `  <br>→ ${prose(remedy)}`];
}

function fold(summaryLine: string, lines: readonly string[]): readonly string[] {
  return ["<details>", `<summary>${summaryLine}</summary>`, "", ...lines, "", "</details>", ""];
}

/** Writes texts of others and of ours within a measure. */
function writer({ characters, rows: most }: Measure) {
  const prose = (text: string) => escapedProse(shortened(text, characters));
  const row = (cells: readonly string[]) => `| ${cells.map(prose).join(" | ")} |`;
  return {
    prose,
    span: (text: string) => codeSpan(shortened(text, characters)),
    table: ({ head, rows }: Table) =>
      rows.length === 0
        ? []
        : [row(head), `| --- ${"| ---: ".repeat(head.length - 1)}|`, ...rows.slice(0, most).map(row), ""],
  };
}

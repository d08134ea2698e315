import pc from "picocolors";
import stringWidth from "string-width";
import { duration } from "../../../text/duration.ts";
import { type Look, PLAIN } from "../../../text/look.ts";
import { shortened } from "../../../plan/value.ts";
import { printable } from "../../../text/printable.ts";
import { padded, wrap } from "../../../text/wrap.ts";
import type { Breach } from "../rehearsal.ts";
import { costSentence, lineSentence, rehearsedSentence, STATES, trafficSentence } from "./sentences.ts";
import { costTable, failedOpenTable, outcomesTable, type Table, waitsTable } from "./tables.ts";
import { type Fix, isBroken, type PromiseState, type PromiseVerdict, type Verdict } from "./verdict.ts";

type Colours = ReturnType<typeof pc.createColors>;
type Paint = (text: string) => string;

/** Breaches of one promise that are told in a sentence each; the first one with its whole story. */
const MOST_BREACHES = 3;

/** Characters of one text: an attacker's address may have thousands. The page and the JSON have all of them. */
const LONGEST = 300;

const MARKS: Readonly<Record<PromiseState, string>> = {
  kept: "✓",
  excepted: "!",
  broken: "✗",
  "not-tried": "·",
};

/**
 * The verdict for people: what was promised and what to fix come first.
 *
 * @param look Of the place where it is read. Default: that of a file.
 */
export function verdictText(verdict: Verdict, look: Look = PLAIN): string {
  const paint = pc.createColors(look.colours);
  const lines = (first: string, text: string) => wrap(first, told(text), look);
  const { environment, scenario, headline, line, traffic, cost } = verdict;
  return [
    ...lines("", `Rehearsal of ${environment}: ${scenario.name}`).map(paint.bold),
    ...lines("", headline).map(isBroken(verdict) ? paint.red : (text) => text),
    ...lines("", rehearsedSentence(verdict)),
    ...section(
      paint,
      "Promises",
      verdict.promises.flatMap((promise) => promiseLines(promise, paint, look)),
    ),
    ...section(
      paint,
      "What to fix",
      verdict.fixes.flatMap((fix) => fixLines(fix, paint, look)),
    ),
    ...section(paint, "Waiting", [
      ...lines("  ", lineSentence(line)),
      ...tableLines(waitsTable(verdict), look),
    ]),
    ...section(paint, "Requests", [
      ...lines("  ", trafficSentence(traffic)),
      ...tableLines(outcomesTable(verdict), look),
      ...tableLines(failedOpenTable(verdict), look),
    ]),
    ...section(paint, "Cost", [
      ...lines("  ", costSentence(cost)),
      ...tableLines(costTable(verdict), look),
      ...cost.estimated.flatMap((sentence) => lines("  ", sentence)),
      ...lines("  ", cost.priceList.source),
    ]),
    ...section(
      paint,
      "Not tried",
      verdict.notTried.flatMap((what) => lines("  - ", what)),
    ),
    "",
  ].join("\n");
}

function section(paint: Colours, heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", paint.bold(heading), ...lines];
}

function promiseLines(
  { state, title, sentence, stories, breaches }: PromiseVerdict,
  colours: Colours,
  look: Look,
): readonly string[] {
  const paints: Readonly<Record<PromiseState, Paint>> = {
    kept: colours.green,
    excepted: colours.yellow,
    broken: colours.red,
    "not-tried": colours.dim,
  };
  const rest = breaches - Math.min(stories.length, MOST_BREACHES);
  return [
    ...wrap(`  ${MARKS[state]} `, `${title}: ${STATES[state]}`, look).map(paints[state]),
    ...wrap("    ", told(sentence), look),
    ...stories.slice(0, MOST_BREACHES).flatMap((breach, index) => breachLines(breach, index === 0, look)),
    ...(rest > 0 ? wrap("    ", `And ${rest} more: the page and the JSON have the stories.`, look) : []),
  ];
}

function breachLines({ visitor, atMs, what, story }: Breach, isTold: boolean, look: Look): readonly string[] {
  const head = told(`${visitor.kind} ${visitor.number} after ${duration(atMs)}: ${what}`);
  return [
    ...wrap("    - ", head, look),
    ...(isTold
      ? story.flatMap((step) =>
          wrap(`      ${duration(step.atMs)} `, told(`${step.asked} → ${step.got}`), {
            ...look,
            indent: "        ",
          }),
        )
      : []),
  ];
}

function fixLines(
  { level, title, explanation, remedy }: Fix,
  colours: Colours,
  look: Look,
): readonly string[] {
  const paint = { high: colours.red, medium: colours.yellow, low: colours.blue }[level];
  return [
    ...wrap(`  ${level.toUpperCase().padEnd(6)} `, told(title), look).map(paint),
    ...wrap("         ", told(explanation), look),
    ...wrap("         → ", told(remedy), look),
  ];
}

/** Columns where they fit; a row below each other where they do not. */
function tableLines({ head, rows }: Table, look: Look): readonly string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows].map((row) => row.map(told));
  const widths = head.map((_, column) => Math.max(...all.map((row) => stringWidth(row[column] ?? ""))));
  const width = widths.reduce((sum, each) => sum + each + 2, 0);
  if (width <= look.columns) {
    return all.map((row) =>
      row
        .map((cell, column) => {
          const free = (widths[column] ?? 0) - stringWidth(cell);
          return column === 0 ? `  ${padded(cell, widths[0] ?? 0)}` : `  ${" ".repeat(free)}${cell}`;
        })
        .join("")
        .trimEnd(),
    );
  }
  return rows.flatMap(([first = "", ...cells]) =>
    wrap(
      "  ",
      `${told(first)}: ${cells.map((cell, index) => `${head[index + 1] ?? ""} ${cell}`).join(", ")}`,
      {
        ...look,
        indent: "    ",
      },
    ),
  );
}

function told(text: string): string {
  return printable(shortened(text, LONGEST));
}

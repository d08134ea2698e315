import { type Change, EFFECTS } from "../changes/change.ts";
import type { CoveredUrl } from "../coverage.ts";
import type { Review } from "../review.ts";
import type { Risk } from "../risks/risk.ts";
import { type Sentence, written } from "../sentence.ts";
import { codeSpan, escapedProse } from "./markdown-value.ts";
import { HEADINGS } from "./marks.ts";
import { mermaidDiagram } from "./mermaid.ts";
import { outcomeSentence } from "./outcome.ts";
import { countsLine, risksLine } from "./summary.ts";

/** GitHub refuses a longer comment: https://github.com/orgs/community/discussions/41331 */
export const COMMENT_LIMIT = 65_536;

/** A report is shorter than this: it leaves room for what a pipeline adds below, at its longest. */
export const REPORT_LIMIT = COMMENT_LIMIT - 2048;

/** How many entries of a list, and of an entry's details, are written out before the rest is counted. */
const STEPS = [
  { entries: Infinity, details: Infinity },
  { entries: 200, details: 50 },
  { entries: 100, details: 10 },
  { entries: 40, details: 5 },
  { entries: 15, details: 3 },
  { entries: 5, details: 0 },
  { entries: 1, details: 0 },
] as const;

type Step = (typeof STEPS)[number];

/**
 * The first line of a comment for an environment, which no reader sees. A comment that begins with it is this
 * environment's, and is updated instead of written again.
 */
export function stickyMarker(environment: string | undefined): string {
  return `<!-- queueit-cf plan ${(environment ?? "unnamed").replaceAll(/[^a-z0-9-]/g, "_")} -->`;
}

/**
 * The report for a pull request: risks and what goes away first, the rest folded. It always fits into one
 * comment: where it would not, the longest lists end in a count of what is left out.
 */
export function markdownReport(review: Review): string {
  const attempts = STEPS.map((step) => () => render(review, step));
  let text = "";
  for (const attempt of attempts) {
    text = attempt();
    if (text.length < REPORT_LIMIT) break;
  }
  return text;
}

const EMBLEMS = { high: "🔴", medium: "🟠", low: "🔵", none: "🟢" } as const;

function render(review: Review, step: Step): string {
  const { environment, risk, risks, changes, coverage, digest, digestIsKeyed } = review;
  const title = environment === undefined ? "Plan" : `Plan for ${codeSpan(environment)}`;
  const outputs = changes.filter((change) => change.kind === "output");
  const others = changes.filter(({ kind }) => kind !== "output");
  const gone = others.filter(({ effect }) => effect === "destroy");
  const diagram = mermaidDiagram(review);
  const folded = EFFECTS.filter((effect) => effect !== "destroy").flatMap((effect) => {
    const own = others.filter((change) => change.effect === effect);
    return own.length === 0 ? [] : fold(`${HEADINGS[effect]} (${own.length})`, changeLines(own, step));
  });
  return [
    stickyMarker(environment),
    `## ${EMBLEMS[risk ?? "none"]} ${title}`,
    "",
    `**${countsLine(review)}.** Risks: ${risksLine(review)}.`,
    "",
    ...heading("Risks", limited(risks, step, riskLines)),
    ...heading(HEADINGS.destroy, changeLines(gone, step)),
    ...heading("Coverage", limited(brokenFirst(coverage), step, coverageLines)),
    ...(diagram === undefined ? [] : ["```mermaid", diagram, "```", ""]),
    ...folded,
    ...(outputs.length === 0 ? [] : fold(`Outputs (${outputs.length})`, outputTable(outputs, step))),
    `Digest ${codeSpan(digest)}`,
    ...(digestIsKeyed ? [] : ["", NOT_KEYED]),
    "",
  ].join("\n");
}

const NOT_KEYED =
  "<sub>Without `QUEUEIT_PLAN_KEY` the digest shows that a secret changes, but not that it gets a " +
  "different value.</sub>";

function heading(text: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${text}`, "", ...lines, ""];
}

function fold(summary: string, lines: readonly string[]): readonly string[] {
  return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>", ""];
}

function limited<T>(
  items: readonly T[],
  { entries }: Step,
  lines: (item: T) => readonly string[],
): readonly string[] {
  const rest = items.length - entries;
  const more = rest > 0 ? [`- and ${rest} more, in the JSON report`] : [];
  return [...items.slice(0, entries === Infinity ? undefined : entries).flatMap(lines), ...more];
}

function riskLines({ level, title, explanation, remedy }: Risk): readonly string[] {
  return [
    `- ${EMBLEMS[level]} **${level}** ${text(title)}`,
    `  <br>${escapedProse(explanation)}`,
    `  <br>→ ${escapedProse(remedy)}`,
  ];
}

function changeLines(changes: readonly Change[], step: Step): readonly string[] {
  return limited(changes, step, ({ sentence, details }) => {
    const rest = details.length - step.details;
    return [
      `- ${text(sentence)}`,
      ...details
        .slice(0, step.details === Infinity ? undefined : step.details)
        .map((detail) => `  - ${text(detail)}`),
      ...(rest > 0 ? [`  - and ${rest} more, in the JSON report`] : []),
    ];
  });
}

type OutputChange = Extract<Change, { readonly kind: "output" }>;

function outputTable(outputs: readonly OutputChange[], { entries }: Step): readonly string[] {
  const rest = outputs.length - entries;
  return [
    "| Output | Value | Before |",
    "| --- | --- | --- |",
    ...outputs
      .slice(0, entries === Infinity ? undefined : entries)
      .map(({ name, before, after }) => `| ${cell(name)} | ${cell(after)} | ${cell(before)} |`),
    ...(rest > 0 ? [`| and ${rest} more, in the JSON report | | |`] : []),
  ];
}

/** A bar would end the cell, also in a code span. */
function cell(value: string | undefined): string {
  return value === undefined ? "–" : codeSpan(value).replaceAll("|", String.raw`\|`);
}

function brokenFirst(coverage: readonly CoveredUrl[]): readonly CoveredUrl[] {
  return [...coverage].sort((a, b) => Number(a.broken === undefined) - Number(b.broken === undefined));
}

function coverageLines({ url, expected, before, after, broken }: CoveredUrl): readonly string[] {
  const [was, is] = [text(outcomeSentence(before)), text(outcomeSentence(after))];
  return [
    `- ${broken === undefined ? "✅" : "❌"} ${codeSpan(url)} must be ${expected}`,
    ...(was === is ? [`  - ${is}`] : [`  - before: ${was}`, `  - after: ${is}`]),
  ];
}

function text(sentence: Sentence): string {
  return written(sentence, codeSpan);
}

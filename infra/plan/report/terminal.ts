import pc from "picocolors";
import { type Change, type Effect, EFFECTS } from "../changes/change.ts";
import type { CoveredUrl } from "../coverage.ts";
import type { Review } from "../review.ts";
import type { Risk, RiskLevel } from "../risks/risk.ts";
import { type Sentence, written } from "../sentence.ts";
import { HEADINGS, MARKS } from "./marks.ts";
import { outcomeSentence } from "./outcome.ts";
import { printable } from "../../text/printable.ts";
import { countsLine, risksLine } from "./summary.ts";
import { wrap } from "../../text/wrap.ts";

type Colours = ReturnType<typeof pc.createColors>;
type Paint = (text: string) => string;

/**
 * The report for a terminal of 80 columns, risks and what goes away first.
 *
 * @param colours Whether to use them: true only on a terminal.
 */
export function terminalReport(review: Review, colours: boolean): string {
  const paint = pc.createColors(colours);
  const title = review.environment === undefined ? "Plan" : `Plan for ${review.environment}`;
  return [
    paint.bold(title),
    ...wrap("", `${countsLine(review)}. Risks: ${risksLine(review)}.`),
    ...section(
      paint,
      "Risks",
      review.risks.flatMap((risk) => riskLines(risk, paint)),
    ),
    ...section(
      paint,
      "Coverage",
      review.coverage.flatMap((covered) => coverageLines(covered, paint)),
    ),
    ...EFFECTS.flatMap((effect) =>
      section(
        paint,
        HEADINGS[effect],
        review.changes
          .filter((change) => change.effect === effect)
          .flatMap((change) => changeLines(change, paint)),
      ),
    ),
    "",
    `Digest ${review.digest}`,
    ...(review.digestIsKeyed ? [] : wrap("", NOT_KEYED)),
    "",
  ].join("\n");
}

const NOT_KEYED = "Without QUEUEIT_PLAN_KEY the digest tells that a secret changes, not which value it gets.";

function section(paint: Colours, heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", paint.bold(heading), ...lines];
}

function riskLines({ level, title, explanation, remedy }: Risk, colours: Colours): readonly string[] {
  const paint = { high: colours.red, medium: colours.yellow, low: colours.blue }[level satisfies RiskLevel];
  return [
    ...wrap(`  ${level.toUpperCase().padEnd(6)} `, text(title)).map(paint),
    ...wrap("         ", printable(explanation)),
    ...wrap("         → ", remedy),
  ];
}

function coverageLines(
  { url, expected, before, after, broken }: CoveredUrl,
  colours: Colours,
): readonly string[] {
  const paint = broken === undefined ? colours.green : colours.red;
  const [was, is] = [text(outcomeSentence(before)), text(outcomeSentence(after))];
  return [
    ...wrap(broken === undefined ? "  ✓ " : "  ✗ ", `${printable(url)} must be ${expected}`).map(paint),
    ...(was === is ? wrap("    ", is) : [...wrap("    before: ", was), ...wrap("    after:  ", is)]),
  ];
}

function changeLines(change: Change, colours: Colours): readonly string[] {
  const paint = paintOf(change.effect, colours);
  return [
    ...wrap(`  ${MARKS[change.effect]} `, text(change.sentence)).map(paint),
    ...change.details.flatMap((detail) => wrap("      ", text(detail))),
  ];
}

function paintOf(effect: Effect, colours: Colours): Paint {
  switch (effect) {
    case "destroy":
    case "replace":
      return colours.red;
    case "forget":
    case "update":
    case "drift":
      return colours.yellow;
    case "create":
    case "import":
      return colours.green;
    case "move":
    case "untouched":
      return colours.dim;
  }
}

function text(sentence: Sentence): string {
  return written(sentence, printable);
}

import pc from "picocolors";
import stringWidth from "string-width";
import { type Change, type Effect, EFFECTS } from "../changes/change.ts";
import type { CoveredUrl } from "../coverage.ts";
import type { Review } from "../review.ts";
import type { Risk, RiskLevel } from "../risks/risk.ts";
import { type Sentence, written } from "../sentence.ts";
import { HEADINGS, MARKS } from "./marks.ts";
import { outcomeSentence } from "./outcome.ts";
import { printable } from "../../text/printable.ts";
import { countsLine, risksLine } from "./summary.ts";
import { type Look, PLAIN } from "../../text/look.ts";
import { padded, wrap, type WrapOptions } from "../../text/wrap.ts";

type Colours = ReturnType<typeof pc.createColors>;
type Paint = (text: string) => string;

/**
 * The report for people, risks and what goes away first; what other stacks and people read off it comes last.
 *
 * @param look Of the place where it is read. Default: that of a file.
 */
export function terminalReport(review: Review, look: Look = PLAIN): string {
  const paint = pc.createColors(look.colours);
  const options = { columns: look.columns };
  const title = review.environment === undefined ? "Plan" : `Plan for ${review.environment}`;
  return [
    paint.bold(title),
    ...wrap("", `${countsLine(review)}. Risks: ${risksLine(review)}.`, options),
    ...section(
      paint,
      "Risks",
      review.risks.flatMap((risk) => riskLines(risk, paint, options)),
    ),
    ...section(
      paint,
      "Coverage",
      review.coverage.flatMap((covered) => coverageLines(covered, paint, options)),
    ),
    ...EFFECTS.flatMap((effect) =>
      section(
        paint,
        HEADINGS[effect],
        review.changes
          .filter((change) => change.effect === effect && change.kind !== "output")
          .flatMap((change) => changeLines(change, paint, options)),
      ),
    ),
    ...section(paint, "Outputs", outputLines(review, paint, options)),
    "",
    `Digest ${review.digest}`,
    ...(review.digestIsKeyed ? [] : wrap("", NOT_KEYED, options)),
    "",
  ].join("\n");
}

const NOT_KEYED =
  "Without QUEUEIT_PLAN_KEY the digest shows that a secret changes, but not that it gets a different value.";

function section(paint: Colours, heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", paint.bold(heading), ...lines];
}

function riskLines(
  { level, title, explanation, remedy }: Risk,
  colours: Colours,
  options: WrapOptions,
): readonly string[] {
  const paint = { high: colours.red, medium: colours.yellow, low: colours.blue }[level satisfies RiskLevel];
  return [
    ...wrap(`  ${level.toUpperCase().padEnd(6)} `, text(title), options).map(paint),
    ...wrap("         ", printable(explanation), options),
    ...wrap("         → ", remedy, options),
  ];
}

function coverageLines(
  { url, expected, before, after, broken }: CoveredUrl,
  colours: Colours,
  options: WrapOptions,
): readonly string[] {
  const paint = broken === undefined ? colours.green : colours.red;
  const [was, is] = [text(outcomeSentence(before)), text(outcomeSentence(after))];
  return [
    ...wrap(broken === undefined ? "  ✓ " : "  ✗ ", `${printable(url)} must be ${expected}`, options).map(
      paint,
    ),
    ...(was === is
      ? wrap("    ", is, options)
      : [...wrap("    before: ", was, options), ...wrap("    after:  ", is, options)]),
  ];
}

function changeLines(change: Change, colours: Colours, options: WrapOptions): readonly string[] {
  const paint = paintOf(change.effect, colours);
  return [
    ...wrap(`  ${MARKS[change.effect]} `, text(change.sentence), options).map(paint),
    ...change.details.flatMap((detail) => wrap("      ", text(detail), options)),
  ];
}

/** A table of what other stacks and people read: its value, and what it was. */
function outputLines({ changes }: Review, colours: Colours, options: WrapOptions): readonly string[] {
  const outputs = changes.filter((change) => change.kind === "output");
  const width = Math.max(...outputs.map(({ name }) => stringWidth(printable(name))));
  return outputs.flatMap(({ effect, name, before, after }) => {
    const values = [after, after === undefined ? before : before && `was ${before}`].flatMap((value) =>
      value === undefined ? [] : [printable(value)],
    );
    const first = `  ${MARKS[effect]} ${padded(printable(name), width)}  `;
    const room = (options.columns ?? PLAIN.columns) - stringWidth(first);
    // A hash is there to be copied: in a narrow terminal it goes below its name.
    const lines = values.every((value) => stringWidth(value) <= room)
      ? values.map((value, index) => (index === 0 ? first : " ".repeat(stringWidth(first))) + value)
      : [
          first.trimEnd(),
          ...values.flatMap((value) => wrap("      ", value, { ...options, keepsWords: true })),
        ];
    return lines.map(paintOf(effect, colours));
  });
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

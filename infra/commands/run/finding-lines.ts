import { coloursOn, lookOf, type Output } from "../../console/colours.ts";
import type { Finding } from "../../doctor/finding.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";

/** A finding for people: its state as a mark, what it means, and what to do. */
export function findingLines({ state, what, fix }: Finding, output: Output): readonly string[] {
  const { columns } = lookOf(output);
  const { green, red, yellow, dim } = coloursOn(output);
  const [mark, paint] = (
    {
      ok: ["✓", green],
      warning: ["!", yellow],
      problem: ["✗", red],
      "not-tried": ["–", dim],
    } as const
  )[state];
  const note = state === "not-tried" ? "not tried: " : "";
  return [
    ...wrap(`  ${paint(mark)} `, printable(note + what), { columns, indent: "    " }),
    ...(fix === undefined ? [] : wrap("    → ", printable(fix), { columns })),
  ];
}

import { coloursOn, lookOf, type Output } from "../../console/colours.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import type { Check } from "../../verify/check.ts";

/** A check of the deployed sites: its name, what came back, and what to do where something is. */
export function checkLine({ name, outcome, detail, remedy }: Check, output: Output): string {
  const { columns } = lookOf(output);
  const { green, red, yellow, dim } = coloursOn(output);
  const [mark, paint] = ({ passed: ["✓", green], failed: ["✗", red], skipped: ["–", yellow] } as const)[
    outcome
  ];
  const note = outcome === "skipped" ? "not tried: " : "";
  const lines = [
    ...wrap(`${paint(mark)} `, printable(name), { columns }),
    ...wrap("    ", note + printable(detail), { columns }).map(dim),
    ...(remedy === undefined ? [] : wrap("    → ", printable(remedy), { columns })),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

import { coloursOn, lookOf, type Output } from "../../console/colours.ts";
import { printable } from "../../text/printable.ts";
import { readable } from "../../text/readable.ts";
import { wrap } from "../../text/wrap.ts";
import type { Check } from "../../verify/check.ts";

/** A check of the deployed sites, its detail below its name. */
export function checkLine({ name, outcome, detail }: Check, output: Output): string {
  const { columns } = lookOf(output);
  const { green, red, dim } = coloursOn(output);
  const [mark, paint] = ({ passed: ["✓", green], failed: ["✗", red], skipped: ["–", dim] } as const)[outcome];
  const note = outcome === "skipped" ? "not tried: " : "";
  const lines = [
    ...wrap(`${paint(mark)} `, readable(name), { columns }),
    ...wrap("    ", note + printable(detail), { columns }).map(dim),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

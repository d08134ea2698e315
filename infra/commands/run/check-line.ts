import { colours } from "../../console/colours.ts";
import { printable } from "../../text/printable.ts";
import { readable } from "../../text/readable.ts";
import type { Check } from "../../verify/check.ts";

const MARKS = {
  passed: colours.green("✓"),
  failed: colours.red("✗"),
  skipped: colours.yellow("–"),
} as const;

/** A check of the deployed sites: its name, what came back, and what to do where something is. */
export function checkLine({ name, outcome, detail, remedy }: Check): string {
  const note = outcome === "skipped" ? "not tried: " : "";
  const lines = [
    `${MARKS[outcome]} ${readable(name)}`,
    `    ${colours.dim(note + printable(detail))}`,
    ...(remedy === undefined ? [] : [`    → ${printable(remedy)}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

import { colours } from "../../console/colours.ts";
import { printable } from "../../text/printable.ts";
import { readable } from "../../text/readable.ts";
import type { Check } from "../../verify/check.ts";

const MARKS = {
  passed: colours.green("✓"),
  failed: colours.red("✗"),
  skipped: colours.dim("–"),
} as const;

/** A check of the deployed sites on two lines. */
export function checkLine({ name, outcome, detail }: Check): string {
  const note = outcome === "skipped" ? "not tried: " : "";
  return `${MARKS[outcome]} ${readable(name)}\n    ${colours.dim(note + printable(detail))}\n`;
}

import { shortened } from "../value.ts";
import { printable } from "../../text/printable.ts";

/** Longer values are shortened: the JSON report has them in full. */
const LONGEST = 160;

/**
 * A value as a Markdown code span: nothing in it is Markdown, HTML, a mention or a link. The span's fence is
 * longer than any row of backticks in the value, and the value has no line breaks left.
 */
export function codeSpan(value: string): string {
  const line = printable(value);
  const text = shortened(line, LONGEST);
  if (text.trim() === "") return "(empty)";
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((row) => row.length));
  const fence = "`".repeat(longest + 1);
  // CommonMark strips one space from each end where both have one.
  const padding = /^[` ]|[` ]$/.test(text) ? " " : "";
  return fence + padding + text + padding + fence;
}

/** Prose that may quote a value, such as the message of a condition: as Markdown text of one line. */
export function escapedProse(text: string): string {
  return printable(text).replaceAll(/[^\p{L}\p{N} ,.'→;()-]/gu, (character) =>
    /[\u0021-\u007e]/.test(character) ? `&#${character.charCodeAt(0)};` : character,
  );
}

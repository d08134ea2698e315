import stringWidth from "string-width";
import { PLAIN } from "./look.ts";

export interface WrapOptions {
  /**
   * Columns of a line.
   * @default 80
   */
  readonly columns?: number;
  /**
   * What the lines after the first begin with.
   * @default as many spaces as the first begins with columns
   */
  readonly indent?: string;
  /**
   * Whether a word that is longer than a line stays in one piece: an address or a command is there to be
   * copied, and a terminal breaks it without a line break in it.
   * @default false
   */
  readonly keepsWords?: boolean;
}

/** Fewer columns than that are left for no text, however narrow the terminal or long the beginning. */
const FEWEST = 20;

/**
 * Breaks a text at its spaces into lines that a terminal shows without breaking them. Characters count as
 * they are shown: those of Chinese, Japanese and Korean, and emoji, take two columns.
 *
 * @param first What the first line begins with.
 */
export function wrap(first: string, text: string, options: WrapOptions = {}): readonly string[] {
  const { columns = PLAIN.columns, indent = " ".repeat(stringWidth(first)), keepsWords = false } = options;
  const widthOf = (index: number) => Math.max(FEWEST, columns - stringWidth(index === 0 ? first : indent));
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const line = lines[last] ?? "";
    const joined = isFresh(lines) ? word : `${line} ${word}`;
    if (stringWidth(joined) <= widthOf(last)) {
      lines[last] = joined;
    } else if (
      stringWidth(word) <= widthOf(last + 1) ||
      (keepsWords && (!isFresh(lines) || widthOf(last + 1) > widthOf(last)))
    ) {
      lines.push(word);
    } else if (keepsWords) {
      lines[last] = word;
    } else {
      const from = isFresh(lines) ? last : last + 1;
      lines.splice(from, 1, ...pieces(word, (index) => widthOf(from + index)));
    }
  }
  return lines.map((content, index) => ((index === 0 ? first : indent) + content).trimEnd());
}

/** Whether nothing is written yet. */
function isFresh(lines: readonly string[]): boolean {
  return lines.length === 1 && lines[0] === "";
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A word in pieces, no character torn apart. */
function pieces(word: string, widthOf: (index: number) => number): readonly string[] {
  const found: string[] = [];
  let piece = "";
  for (const { segment } of GRAPHEMES.segment(word)) {
    if (piece !== "" && stringWidth(piece + segment) > widthOf(found.length)) {
      found.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...found, piece];
}

/** A text with spaces behind it until it takes so many columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

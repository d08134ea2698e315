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
   * Whether a word that is longer than a line stays in one piece: an address or a command is there to be copied, and
   * a terminal breaks it without a line break in it.
   * @default false
   */
  readonly keepsWords?: boolean;
}

/** Fewer columns than that are left for no text, however narrow the terminal or long the beginning. */
const FEWEST = 20;

/**
 * Breaks a text at its spaces into lines that a terminal shows without breaking them. Characters count as they are
 * shown: those of Chinese, Japanese and Korean, and emoji, take two columns.
 *
 * @param first What the first line begins with.
 */
export function wrap(first: string, text: string, options: WrapOptions = {}): readonly string[] {
  const { columns = PLAIN.columns, indent = " ".repeat(stringWidth(first)), keepsWords = false } = options;
  const widthAfter = (beginning: string) => Math.max(FEWEST, columns - stringWidth(beginning));
  const narrowest = Math.min(widthAfter(first), widthAfter(indent));
  const lines: string[] = [];
  let line: string | undefined;
  const words = text.split(" ");
  for (const word of keepsWords ? words : words.flatMap((long) => pieces(long, narrowest))) {
    const width = widthAfter(lines.length === 0 ? first : indent);
    if (line !== undefined && line !== "" && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === undefined || line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line ?? ""].map((content, index) => (index === 0 ? first : indent) + content);
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A word in pieces of at most so many columns, no character torn apart. */
function pieces(word: string, width: number): readonly string[] {
  if (stringWidth(word) <= width) return [word];
  const found: string[] = [];
  let piece = "";
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(word)) {
    const more = stringWidth(segment);
    if (columns + more > width) {
      found.push(piece);
      piece = "";
      columns = 0;
    }
    piece += segment;
    columns += more;
  }
  return [...found, piece];
}

/** A text with spaces behind it until it takes so many columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

import { readable } from "./readable.ts";

/** A value on one line, fit to be printed, with hostnames in their own letters beside their punycode. */
export function printable(value: string): string {
  return escaped(readable(value));
}

/**
 * A value on one line that cannot move a cursor, turn text around or hide: control, format and separator
 * characters are written as escapes, as JavaScript has them.
 */
export function escaped(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** The same for a text in several lines, which stay lines; tabs stay, too. */
export function escapedLines(text: string): string {
  return text.replaceAll(/[^\n\t]+/g, escaped);
}

/**
 * JSON that is safe to look at in a terminal, and means the same: what `JSON.stringify` leaves as it is and a
 * terminal obeys, such as C1 controls and signs that turn text around, is written as an escape of JSON.
 */
export function jsonText(value: unknown, indent?: number): string {
  // Outside of its strings, JSON has none of these.
  return JSON.stringify(value, undefined, indent).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}

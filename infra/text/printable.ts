import { readable } from "./readable.ts";

/**
 * A value on one line that cannot move a cursor, turn text around or hide: control, format and separator
 * characters are written as escapes, and hostnames in their own letters beside their punycode.
 */
export function printable(value: string): string {
  return readable(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

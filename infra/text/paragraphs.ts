import stringWidth from "string-width";
import { wrap } from "./wrap.ts";

/** Lines of a list hang by its mark, also the first of a message. */
const MARKED = /^[-+] /;

/** Further ones hang by their first word; the first of a message is its headline. */
const LISTED = /^(?:error |warning )/;

/**
 * A message in several lines, each broken for a terminal. A line that begins with two spaces is a command to
 * be copied: it is broken as a shell joins it. One that is indented further hangs there. Addresses stay in one
 * piece.
 *
 * @param columns Of a line of the terminal.
 */
export function paragraphs(message: string, columns: number): string {
  return message
    .split("\n")
    .flatMap((line, index) => {
      if (stringWidth(line) <= columns) return [line];
      if (/^ {2}\S/.test(line)) return commandLines(line, columns);
      const [before = ""] = /^ */.exec(line) ?? [];
      const indent =
        MARKED.test(line) || (index > 0 && LISTED.test(line)) || before !== "" ? `${before}  ` : "";
      return wrap(before, line.slice(before.length), { columns, indent, keepsWords: true });
    })
    .join("\n");
}

/** The lines of a list, each broken for a terminal and hanging by its first word. */
export function hanging(list: string, columns: number): string {
  const options = { columns, indent: "  ", keepsWords: true };
  return list
    .split("\n")
    .flatMap((line) => wrap("", line, options))
    .join("\n");
}

/** A command in lines that a shell reads as one. */
export function commandLines(command: string, columns: number): readonly string[] {
  if (stringWidth(command) <= columns) return [command];
  const [before = ""] = /^ */.exec(command) ?? [];
  // Two columns of each line are for what joins it with the next.
  const options = { columns: columns - 2, indent: `${before}    `, keepsWords: true };
  const lines = wrap(before, command.trim(), options);
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line} \\`));
}

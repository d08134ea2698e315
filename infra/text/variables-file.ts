/** A line of a file of variables that is not one of them; the message never has its value. */
export class BrokenLine extends Error {
  constructor(
    /** The first is 1. */
    readonly line: number,
    what: string,
  ) {
    super(what);
  }
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/;
const QUOTED = /^'([^'\p{Cc}]*)'\s*(?:#.*)?$/u;
/** Nothing in it that a shell would replace. */
const DOUBLE_QUOTED = /^"([^"$`\\\p{Cc}]*)"\s*(?:#.*)?$/u;
/** Nothing in it that a shell, or another reader of such files, would take for the end of the value. */
const BARE = /^([\w@%+=:,./-]*)\s*(?:(?<=\s|^)#.*)?$/;

/**
 * The variables of a `.env` file. Only what every shell and every other reader of such files takes for the same
 * is read: others cut a value at a `#` in it, or replace a `$`, and say nothing.
 *
 * @throws BrokenLine for the first line that is neither a variable nor a comment, or that sets one again.
 */
export function readVariables(text: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const number = index + 1;
    const [, name, written = ""] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined) throw new BrokenLine(number, "is neither NAME='value' nor a comment");
    const value = valueOf(written);
    if (value === undefined) {
      throw new BrokenLine(
        number,
        `sets ${name} to something that shells and programs read in different ways`,
      );
    }
    if (found.has(name)) throw new BrokenLine(number, `sets ${name}, which an earlier line of it sets too`);
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

function valueOf(written: string): string | undefined {
  return [QUOTED, DOUBLE_QUOTED, BARE].flatMap((form) => form.exec(written)?.[1] ?? [])[0];
}

import input from "@inquirer/input";
import { coloursOn, lookOf } from "../../console/colours.ts";
import { confirmed } from "../../console/confirmed.ts";
import { withoutSecrets } from "../../console/without-secrets.ts";
import type { Console } from "../../console/console.ts";
import { wrap } from "../../text/wrap.ts";
import { paragraphs } from "../../text/paragraphs.ts";
import { escapedLines } from "../../text/printable.ts";
import { readable } from "../../text/readable.ts";
import { Interrupted } from "../../console/interruption.ts";

/** The terminal of this process; without one, every question is answered with no. */
export const terminal: Console = {
  print: (text) => {
    process.stdout.write(withoutSecrets(text));
  },
  say: (text) => {
    write(process.stdout, text);
  },
  progress: (line) => {
    const [before = ""] = /^ */.exec(line) ?? [];
    const { columns } = lookOf(process.stderr);
    const text = readable(escapedLines(withoutSecrets(line.slice(before.length))));
    const options = { columns, indent: `${before}  `, keepsWords: true };
    const lines = text.split("\n").flatMap((each) => wrap(before, each, options));
    process.stderr.write(lines.map((each) => `${coloursOn(process.stderr).dim(each)}\n`).join(""));
  },
  canAsk,
  confirm: (question) => (canAsk() ? confirmed(terminal.ask, question) : Promise.resolve(false)),
  ask: async (message) =>
    canAsk() ? ((await answerTo(input({ message: escapedLines(withoutSecrets(message)) }))) ?? "") : "",
};

/** The terminal of a command with `--json`, whose standard output is for programs. */
export const terminalBesideJson: Console = {
  ...terminal,
  say: (text) => {
    write(process.stderr, text);
  },
};

function write(output: NodeJS.WriteStream, text: string): void {
  output.write(`${paragraphs(readable(escapedLines(withoutSecrets(text))), lookOf(output).columns)}\n`);
}

function canAsk(): boolean {
  return isTerminal(process.stdin) && isTerminal(process.stdout);
}

function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

/**
 * Undefined when the question got no answer, as at Ctrl-D.
 *
 * @throws Interrupted at Ctrl-C, which is no signal while a question is asked.
 */
export async function answerTo<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof Error && error.name === "ExitPromptError")) throw error;
    if (error.message.includes("SIGINT")) throw new Interrupted("SIGINT");
    return undefined;
  }
}

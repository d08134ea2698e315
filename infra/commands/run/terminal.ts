import confirm from "@inquirer/confirm";
import input from "@inquirer/input";
import pc from "picocolors";
import { withoutSecrets } from "../../console/without-secrets.ts";
import type { Console } from "../../console/console.ts";
import { readable } from "../../text/readable.ts";
import { Interrupted } from "../../console/interruption.ts";

/** The terminal of this process; without one, every question is answered with no. */
export const terminal: Console = {
  print: (text) => {
    process.stdout.write(withoutSecrets(text));
  },
  progress: (line) => {
    const colours = pc.createColors(isTerminal(process.stderr) && pc.isColorSupported);
    process.stderr.write(`${colours.dim(readable(withoutSecrets(line)))}\n`);
  },
  confirm: async (message) => canAsk() && (await answerTo(confirm({ message, default: false }))) === true,
  ask: async (message) => (canAsk() ? ((await answerTo(input({ message }))) ?? "") : ""),
};

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
async function answerTo<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof Error && error.name === "ExitPromptError")) throw error;
    if (error.message.includes("SIGINT")) throw new Interrupted("SIGINT");
    return undefined;
  }
}

import confirm from "@inquirer/confirm";
import input from "@inquirer/input";
import pc from "picocolors";
import type { Console } from "../console.ts";
import { Interrupted } from "../interruption.ts";

/** The terminal of this process; without one, every question is answered with no. */
export const terminal: Console = {
  print: (text) => {
    process.stdout.write(text);
  },
  progress: (line) => {
    const colours = pc.createColors(isTerminal(process.stderr) && pc.isColorSupported);
    process.stderr.write(`${colours.dim(line)}\n`);
  },
  confirm: async (message) => canAsk() && (await answerTo(confirm({ message, default: false }))),
  ask: async (message) => (canAsk() ? await answerTo(input({ message })) : ""),
};

function canAsk(): boolean {
  return isTerminal(process.stdin) && isTerminal(process.stdout);
}

function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

/** @throws Interrupted when the question was broken off with Ctrl-C, which is no signal while it is asked. */
async function answerTo<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") throw new Interrupted("SIGINT");
    throw error;
  }
}

import type { Command } from "commander";
import { nearest } from "../text/nearest.ts";
import { withNotes } from "./help.ts";

/**
 * `help` of a command that has others below it, in the place of commander's own, which ends with the whole help and
 * no word about the command that it does not know.
 */
export function withHelpCommand(command: Command): Command {
  command.helpCommand(false);
  const help = command
    .createCommand("help")
    .summary("Show the help of a command")
    .description("Show the help of a command.")
    .argument("[commands...]", "the command's words")
    .action((words: readonly string[]) => {
      showHelp(command, words);
    });
  withNotes(help, { exitCodes: { ok: "it is shown", userError: "there is no such command" } });
  return command.addCommand(help.copyInheritedSettings(command));
}

function showHelp(command: Command, [word, ...others]: readonly string[]): void {
  if (word === undefined) {
    command.help();
    return;
  }
  const next = command.commands.find((each) => each.name() === word);
  if (next === undefined) refuse(command, word);
  else showHelp(next, others);
}

/** As commander says it of a command that is called. */
function refuse(command: Command, word: string): void {
  const near = nearest(
    word,
    command.commands.map((each) => each.name()),
  );
  command.error(`error: unknown command '${word}'${near === undefined ? "" : ` (Did you mean ${near}?)`}`);
}

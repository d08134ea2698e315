import { resolve } from "node:path";
import tab, { type RootCommand } from "@bomb.sh/tab";
import commanderTab from "@bomb.sh/tab/commander";
import { Command } from "commander";
import { environmentNames, environmentsFolder } from "../../project/environment-names.ts";

const NAME = "queueit-cf";

/** Prints what a shell has to source. */
export function printCompletionScript(shell: string): void {
  tab.setup(NAME, calledAs(process.execPath, process.argv[1] ?? ""), shell);
}

/**
 * How the shell asks for completions: this very program, whatever PATH says; by its name where its path would
 * mean something else to a shell.
 */
function calledAs(...words: readonly string[]): string {
  return words.every((word) => /^[\w@%+=:,./ -]+$/.test(word))
    ? words.map((word) => `'${word}'`).join(" ")
    : NAME;
}

/** Prints what may come after the words that are typed, in the form that the script reads. */
export async function printCompletions(program: Command, words: readonly string[]): Promise<void> {
  const environments = await environmentNames(environmentsFolder(namedProject(words)));
  const completions = completionsOf(program);
  for (const command of [completions, ...completions.commands.values()]) {
    for (const argument of command.arguments.values()) {
      if (!/^environments?$/.test(argument.name)) continue;
      argument.handler = (complete) => {
        for (const name of environments) complete(name, "environment");
      };
    }
  }
  completions.parse([...words]);
}

/** A folder that is not there has no environments: a shell is no place for an error. */
function namedProject(words: readonly string[]): string | undefined {
  const index = words.indexOf("--project");
  const named = index < 0 ? undefined : words[index + 1];
  return named === undefined ? undefined : resolve(named);
}

/** All commands but those that are for the shell: the library adds two of these names by itself. */
function completionsOf(program: Command): RootCommand {
  const copy = new Command(NAME);
  for (const option of program.options) copy.addOption(option);
  for (const command of program.commands) {
    if (!["complete", "completion", "help"].includes(command.name())) copy.addCommand(inShort(command));
  }
  return commanderTab(copy, { completionCommandName: "completion" });
}

/** A shell shows one line for each. */
function inShort(command: Command): Command {
  for (const nested of command.commands) inShort(nested);
  return command.description(command.summary() || command.description());
}

import { type Command, InvalidArgumentError } from "commander";

/**
 * Lets no option of a command be given an empty text: what a shell makes of a variable that is not set would
 * be taken for this folder, or for a file without a name.
 */
export function withoutEmptyValues(command: Command): Command {
  for (const option of command.options) {
    if (option.required) option.parseArg ??= filled;
  }
  return command;
}

function filled(text: string): never {
  if (text.trim() === "")
    throw new InvalidArgumentError("It is empty: give it a value, or leave the option out.");
  return text as never;
}

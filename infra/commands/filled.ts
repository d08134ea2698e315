import { type Command, InvalidArgumentError } from "commander";

/**
 * Lets no option of a command be given an empty text, or the option that follows it: what a shell makes of a variable
 * that is not set would be taken for this folder, for a file without a name, or for a file named `--json`.
 */
export function withFilledValues(command: Command): Command {
  for (const option of command.options) {
    if (option.required) option.parseArg ??= filled;
  }
  return command;
}

/** Reads an option that may be given several times, each time with a value. */
export function collected(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), filled(text)];
}

function filled(text: string): never {
  if (text.trim() === "")
    throw new InvalidArgumentError("It is empty: give it a value, or leave the option out.");
  if (/^--[a-z]/.test(text)) {
    throw new InvalidArgumentError(
      `It looks like an option: give a value before it, or write ./${text} for a file of that name.`,
    );
  }
  return text as never;
}

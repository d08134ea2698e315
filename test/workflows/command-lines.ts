import { Command, CommanderError } from "commander";
import { queueitCf } from "../../infra/cli.ts";

/** What a quoted variable stands for. */
const VARIABLE = "text";

/** Every call of `queueit-cf` in a shell script, as its arguments. Variables stay as they are written. */
export function queueitCfCalls(script: string): readonly (readonly string[])[] {
  const lines = script.replaceAll(/\\\n\s*/g, " ").split("\n");
  return lines.flatMap((line) =>
    [...line.matchAll(/npx queueit-cf ([^|;&)>]*)/g)].map(([, rest]) => wordsOf(rest ?? "")),
  );
}

/**
 * What `queueit-cf` would say against these arguments, without running anything; undefined when nothing. An
 * unquoted variable may be no word at all, so it is left out.
 */
export function complaint(args: readonly string[]): string | undefined {
  let command: Command = queueitCf();
  const rest = args.filter((arg) => !arg.startsWith("$"));
  while (rest[0] !== undefined && command.commands.length > 0) {
    const name = rest.shift();
    const found = command.commands.find((nested) => nested.name() === name);
    if (found === undefined) return `there is no command ${String(name)}`;
    command = found.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  try {
    // What every command has is the program's own.
    const { operands, unknown } = command.parseOptions(withChoices(command, withoutGlobals(rest)));
    if (unknown.length > 0) return `unknown: ${unknown.join(" ")}`;
    const [least, most] = [
      command.registeredArguments.filter(({ required }) => required).length,
      command.registeredArguments.some(({ variadic }) => variadic)
        ? Infinity
        : command.registeredArguments.length,
    ];
    if (operands.length < least || operands.length > most) return `${operands.length} arguments`;
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  const missing = command.options.find(
    (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
  );
  return missing === undefined ? undefined : `without ${missing.flags}`;
}

const globalOptions = queueitCf().options;

/** Arguments without the options that every command has. @throws CommanderError for one without its value. */
function withoutGlobals(args: readonly string[]): string[] {
  const globals = new Command();
  for (const option of globalOptions) globals.addOption(option);
  const { operands, unknown } = globals
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parseOptions([...args]);
  return [...operands, ...unknown];
}

/** Where an option takes one of several words, a variable and what is between angle brackets is one of them. */
function withChoices(command: Command, args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const option = command.options.find(({ long }) => long === args[index - 1]);
    return arg === VARIABLE || /^<[\w-]+>$/.test(arg) ? (option?.argChoices?.[0] ?? arg) : arg;
  });
}

/** The words of a shell line that has no nested quotes. A quoted variable becomes a word such as a name. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) =>
    double === undefined ? (single ?? bare ?? "") : double.replaceAll(/\$\{?\w+\}?/g, VARIABLE),
  );
}

import type { Argument, Command, Option } from "commander";
import { exitCodesOf, notesOf } from "../commands/help.ts";

/** Every command, in the order of the program's own help. */
export function commandsPage(program: Command): string {
  return [
    "# Commands",
    "",
    "This is what `npx queueit-cf <command> --help` says. `npx queueit-cf --help` lists the commands.",
    "",
    "## Every command",
    "",
    "These options may stand before or after a command's name:",
    "",
    ...program.options.map(optionLine),
    "",
    ...notesOfPage(program),
    ...shownCommands(program).flatMap((command) => section(command, [])),
  ].join("\n");
}

function section(command: Command, before: readonly string[]): readonly string[] {
  const words = [...before, command.name()];
  const heading = "#".repeat(words.length + 1);
  const required = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  const called = [...words, ...command.registeredArguments.map(argumentName), ...required].join(" ");
  const nested = shownCommands(command);
  return [
    `${heading} ${words.join(" ")}`,
    "",
    command.description(),
    "",
    ...(nested.length > 0
      ? [...nested.map((each) => nestedLine(each, words)), ""]
      : [`Called as \`npx queueit-cf ${called}\`.`, ""]),
    ...command.registeredArguments.map(argumentLine),
    ...command.options.map(optionLine),
    ...(command.registeredArguments.length + command.options.length > 0 ? [""] : []),
    ...notesOfPage(command),
    ...nested.flatMap((each) => section(each, words)),
  ];
}

function nestedLine(command: Command, words: readonly string[]): string {
  const name = [...words, command.name()].join(" ");
  return `- [${name}](#${name.replaceAll(" ", "-")}): ${lowerFirst(command.summary() || command.description())}`;
}

/** `help` and what is hidden say nothing that is not here. */
function shownCommands(command: Command): readonly Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== "help");
}

function argumentName(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function argumentLine(argument: Argument): string {
  return `- \`${argumentName(argument)}\`: ${argument.description}${choicesText(argument.argChoices)}`;
}

function optionLine(option: Option): string {
  return `- \`${option.flags}\`: ${escaped(option.description)}${choicesText(option.argChoices)}${standardText(option)}`;
}

function choicesText(choices: readonly string[] | undefined): string {
  return choices === undefined ? "" : `. One of ${choices.map((choice) => `\`${choice}\``).join(", ")}`;
}

function standardText({ defaultValue, defaultValueDescription, description }: Option): string {
  const standard: unknown = defaultValueDescription ?? defaultValue;
  const isText = (typeof standard === "string" && standard !== "") || typeof standard === "number";
  return !isText || description.includes("(default:") ? "" : ` (default: ${standard})`;
}

function notesOfPage(command: Command): readonly string[] {
  const notes = notesOf(command);
  if (notes === undefined) return [];
  const { examples = [], notes: paragraphs = [] } = notes;
  return [
    ...(examples.length === 0 ? [] : ["```sh", ...examples, "```", ""]),
    ...paragraphs.flatMap((paragraph) => [escaped(paragraph), ""]),
    "Exit codes:",
    "",
    ...exitCodesOf(notes).map(([code, meaning]) => `- \`${code}\`: ${meaning}`),
    "",
  ];
}

/** What Markdown would read as a tag, or as the beginning of one. */
function escaped(text: string): string {
  return text.replaceAll("<", "\\<");
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.$/, "")}`;
}

import type { Command, CommanderError } from "commander";
import { UserError } from "../errors/user-error.ts";

/** Makes what the parser refuses an error like every other one: for a command and those below it. */
export function refuseUsage(command: Command): void {
  // The message comes with the error; the parser's own would say it in another style, and to people only.
  command.configureOutput({ outputError: () => undefined });
  command.exitOverride((error) => {
    throw error.exitCode === 0 || error.code === "commander.help" ? error : usageError(command, error);
  });
  for (const nested of command.commands) refuseUsage(nested);
}

function usageError(command: Command, { message }: CommanderError): UserError {
  const words = message
    .replace(/^error: /, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;
  return new UserError("usage", `${sentence} For options and examples: npx ${pathOf(command)} --help`);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

import { type Command, Option } from "commander";
import { collected } from "./filled.ts";
import type { GlobalOptions } from "./run/global-options.ts";

/** The options that every command has, before or after its name. */
export function globalOptions(): readonly Option[] {
  return [
    new Option(
      "--project <folder>",
      "the folder with infra/environments/ in it (default: this checkout, or the working folder)",
    ),
    new Option(
      "--env-file <file>",
      "read variables from a file, which may be given several times: the last file wins, and what is exported " +
        "already wins over all",
    ).argParser(collected),
  ];
}

/** Does what they say before a command runs. */
export function applyGlobalOptions(program: Command): void {
  program.hook("preAction", async () => {
    const { applyOptions } = await import("./run/global-options.ts");
    await applyOptions(program.opts<GlobalOptions>());
  });
}

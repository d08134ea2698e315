import type { Command } from "commander";
import { expect, it } from "vitest";
import { queueitCf } from "../../../infra/cli.ts";
import { CASES } from "../../long/canaries/cases.ts";

/** The commands that do something, as their words. */
function commandsOf(command: Command, words: readonly string[] = []): readonly string[] {
  if (command.commands.length === 0) return [words.join(" ")];
  return command.commands.flatMap((nested) => commandsOf(nested, [...words, nested.name()]));
}

it("every command is searched for secrets, by npm run test:long", () => {
  expect([...new Set(CASES.map(({ command }) => command))].sort()).toEqual(
    [...commandsOf(queueitCf())].sort(),
  );
});

import type { Command } from "commander";
import { exitCodesOf, notesOf } from "../commands/help.ts";
import { OUTPUTS } from "../specification/outputs.ts";

/** What a deploy and every command give back. */
export function outputsPage(program: Command): string {
  const notes = notesOf(program);
  return [
    "# Outputs and exit codes",
    "",
    "## Outputs of a stack",
    "",
    "A deploy prints them, and Terraform keeps them in the state. None is a secret.",
    "",
    ...Object.entries(OUTPUTS).flatMap(([name, meaning]) => [`- \`${name}\`: ${meaning}`]),
    "",
    "`publish_url` is there only where Queue-it publishes the integration configuration (`integrationConfiguration: { owner: " +
      '"publish" }`, the default).',
    "",
    "## Exit codes",
    "",
    ...(notes === undefined ? [] : exitCodesOf(notes).map(([code, meaning]) => `- \`${code}\`: ${meaning}`)),
    "",
    ...(notes?.notes ?? []).flatMap((paragraph) => [paragraph, ""]),
    "What each means for a command is in [commands](commands.md).",
    "",
    "## Errors",
    "",
    "A command that ends with 1 says a code and one paragraph. Each code has a section in [errors](../errors.md).",
    "",
  ].join("\n");
}

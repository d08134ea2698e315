import { Option } from "commander";

/** The options of every command that writes the report of a plan. */
export function reportOptions(): readonly Option[] {
  return [
    new Option("--json", "print one JSON object instead of text"),
    new Option("--markdown <file>", "write the report for a pull request to this file too"),
    new Option("--out <file>", "write what would be printed to this file instead"),
    new Option("--fail-on <level>", "end with exit code 2 at a risk of this level or above").choices([
      "low",
      "medium",
      "high",
    ]),
  ];
}

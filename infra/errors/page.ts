import { CATALOGUE } from "./catalogue.ts";
import type { ErrorEntry } from "./entry.ts";
import { PROBLEM_CODES } from "./problem-codes.ts";

/** The page on every code, as Markdown. */
export function errorsPage(): string {
  return [
    "# Errors",
    "",
    "Generated from the catalogue in [`infra/errors/`](../infra/errors/catalogue.ts) by `npm run " +
      "docs:errors`; a test keeps the two in step.",
    "",
    INTRODUCTION,
    "",
    ...Object.entries(CATALOGUE).flatMap(([title, entries]) => [
      `## ${title}`,
      "",
      ...Object.entries<ErrorEntry>(entries).flatMap(([code, entry]) => entryLines(code, entry)),
    ]),
    "## Problems in environments",
    "",
    "`queueit-cf validate` lists all of them at once, each with its place, its value and what to do. " +
      "These codes are shown with `--json`.",
    "",
    ...Object.entries(PROBLEM_CODES).map(([code, meaning]) => `- \`${code}\`: ${meaning}`),
    "",
  ].join("\n");
}

const INTRODUCTION =
  "A command that cannot do its work ends with `error`, a code and one paragraph: what is wrong, where, " +
  'and what to do next. With `--json`, it also prints one object to the standard output, `{ "schema": ' +
  '"queueit-cf/error/1", "error": { "code", "message" } }`. The exit code is 1, or 70 for a bug in this program, or 128 plus the number ' +
  "of the signal that ended it. Exit code 2 is not an error: the command found what it was asked to " +
  "look for.";

function entryLines(code: string, { what, why, next }: ErrorEntry): readonly string[] {
  return [`### ${code}`, "", what, "", `**Why:** ${why}`, "", `**What to do:** ${next}`, ""];
}

import { Option } from "commander";

/** The options of every command that deploys. */
export function deploymentOptions(): readonly Option[] {
  return [
    new Option(
      "--reviewed <digest|file>",
      "refuse any other plan than this one: the digest of its report, or the report itself as a file made with --json",
    ),
    new Option("--yes", "do not ask; without a terminal and without this, the answer is no"),
    new Option("--json", "print one JSON object at the end; the report goes to the standard error"),
  ];
}

/** For the help of every command that deploys. */
export const DEPLOYMENT_EXIT_CODES = {
  ok: "it is done",
  userError: "it was refused or failed; what was changed by then is said",
} as const;

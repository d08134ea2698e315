import { Option } from "commander";

/** The options of every command that deploys. */
export function deploymentOptions(): readonly Option[] {
  return [
    new Option(
      "--reviewed <digest|file>",
      "refuse any plan but this one: the digest of its report, or the report itself as a file made with --json",
    ),
    new Option(
      "--yes",
      "do not ask for confirmation; without a terminal and without this option, the answer is no",
    ),
    despiteFreeze(),
    new Option("--json", "print one JSON object at the end; the report goes to standard error"),
  ];
}

/** For commands that refuse to change anything at times that the environment names. */
export function despiteFreeze(): Option {
  return new Option(
    "--despite-freeze <why>",
    "go on although the environment says that nothing is deployed now (freeze); say why",
  );
}

/** For the help of every command that deploys. */
export const DEPLOYMENT_EXIT_CODES = {
  ok: "it is done",
  userError: "it was refused or failed; the message says what had been changed by then",
} as const;

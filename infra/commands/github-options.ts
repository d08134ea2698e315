import { Command, InvalidArgumentError, Option } from "commander";

/** A command on an environment, which is its one argument. */
export function onEnvironment(name: string): Command {
  return new Command(name).argument("<environment>", "name of an environment");
}

/** For commands that write as somebody, or look for what was written. */
export function withAuthor(command: Command): Command {
  return command.option(
    "--author <login>",
    "login that the token writes as (default: what GitHub says; github-actions[bot] for a workflow's own token)",
  );
}

/** For commands that write to one pull request. */
export function withPullRequest(command: Command): Command {
  return withAuthor(command).option(
    "--pull-request <number>",
    "the pull request (default: that of the event in GITHUB_EVENT_PATH)",
    positive,
  );
}

/** For commands that judge a plan that was reported. */
export function withPlan(command: Command): Command {
  return command
    .requiredOption("--report <file>", "JSON report of the plan")
    .requiredOption("--markdown <file>", "the report of the same plan in Markdown")
    .addOption(
      new Option("--fail-on <level>", "level from which a risk needs the label")
        .choices(["low", "medium", "high"])
        .default("high"),
    )
    .option("--author-may-accept", "let the label of the pull request's own author count, for a team of one");
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It must be a number such as 12.");
  return Number(text);
}

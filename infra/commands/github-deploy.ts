import { type Command, Option } from "commander";
import { onEnvironment, withAuthor, withPlan } from "./github-options.ts";
import { withNotes } from "./help.ts";
import type { GitHubMergeGroupOptions } from "./run/github-merge-group.ts";
import type { GitHubOutcomeOptions } from "./run/github-outcome.ts";
import type { GitHubResultOptions } from "./run/github-result.ts";

/** `queueit-cf github merge-group`: whether a merge queue may merge what it tested. */
export function mergeGroup(): Command {
  const command = withPlan(withAuthor(onEnvironment("merge-group")))
    .summary("Judge the plan of what a merge queue tests")
    .description(
      "Compare the plan of the commit that a merge queue tests with what was reviewed in the pull requests of its " +
        "group: it may be merged where exactly this plan was reviewed there, with its risks accepted, or where it " +
        "changes nothing. Says so in the comment of the pull request, with what differs.",
    )
    .action(async (environment: string, options: GitHubMergeGroupOptions) => {
      const { runGitHubMergeGroup } = await import("./run/github-merge-group.ts");
      await runGitHubMergeGroup(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github merge-group staging --report plan.json --markdown plan.md"],
    notes: ["It runs on merge_group alone: GITHUB_EVENT_PATH names the event."],
    exitCodes: {
      ok: "it may be merged",
      userError: "the input is wrong, or GitHub refused the request",
      found: "another plan than was reviewed, or a risk that nobody accepted",
    },
  });
}

/** `queueit-cf github result`: hands to the next job what came of a deploy. */
export function result(): Command {
  const command = onEnvironment("result")
    .summary("Pass on what came of a deploy")
    .description(
      "Write to GITHUB_OUTPUT what came of a deploy and what verifying it found (result), for the job that tells the " +
        "pull request. Neither file has to be there: a step may not have been reached.",
    )
    .option("--deploy <file>", "what deploy --json or promote --json printed, or the command before it")
    .option("--verify <file>", "what verify --json printed")
    .action(async (environment: string, options: GitHubResultOptions) => {
      const { runGitHubResult } = await import("./run/github-result.ts");
      await runGitHubResult(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github result staging --deploy deploy.json --verify verify.json"],
    exitCodes: { ok: "it is written", userError: "the input is wrong" },
  });
}

/** `queueit-cf github outcome`: tells the pull requests of a deploy what became of it. */
export function outcome(): Command {
  const job = (flag: string, text: string) =>
    new Option(`${flag} <result>`, text).choices(["success", "failure", "cancelled", "skipped"]);
  const command = withAuthor(onEnvironment("outcome"))
    .summary("Say in the pull request what became of its deploy")
    .description(
      "Write into the environment's comment what became of its deploy, in every pull request that was merged by what " +
        "was deployed, and set the label of it there. Without a pull request, nothing is written.",
    )
    .addOption(job("--deployed", "how the job ended that deploys").makeOptionMandatory())
    .addOption(job("--planned", "how the job ended that plans ahead of it").default("success"))
    .option(
      "--changes <true|false>",
      "whether the plan ahead of it changes something, as outputs wrote it; may be empty",
    )
    .option("--result <json>", "what the job handed on (result); may be empty")
    .option("--commit <sha>", "the commit that was deployed (default: GITHUB_SHA)")
    .action(async (environment: string, options: GitHubOutcomeOptions) => {
      const { runGitHubOutcome } = await import("./run/github-outcome.ts");
      await runGitHubOutcome(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github outcome staging --deployed success"],
    notes: [
      "The label is deployed-<environment>, refused-…, failed-… or attention-…; it is made where it is missing. Where " +
        "GitHub does not let it be set, that is said, and nothing else comes of it.",
    ],
    exitCodes: {
      ok: "it is written, or there is no pull request",
      userError: "the input is wrong, or GitHub refused",
    },
  });
}

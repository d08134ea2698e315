import { Command, Option } from "commander";
import { mergeGroup, outcome, result } from "./github-deploy.ts";
import { onEnvironment, withAuthor, withPlan, withPullRequest } from "./github-options.ts";
import { githubWorkflowsCommand } from "./github-workflows.ts";
import { withNotes } from "./help.ts";
import type { GitHubCommentOptions } from "./run/github-comment.ts";
import type { GitHubDriftIssueOptions } from "./run/github-drift-issue.ts";
import type { GitHubOutputsOptions } from "./run/github-outputs.ts";
import type { GitHubReviewOptions } from "./run/github-review.ts";
import type { GitHubReviewedDigestOptions } from "./run/github-reviewed-digest.ts";
import { ownPath } from "../text/own-path.ts";

const WRITTEN = {
  ok: "it is written",
  userError: "the input is wrong, or GitHub refused the request",
} as const;

/** `queueit-cf github`: what the workflows say to GitHub. */
export function githubCommand(): Command {
  const github = new Command("github").description(
    `Report a plan on its pull request, and drift in an issue. For workflows; see ${ownPath("docs/ci.md")}.`,
  );
  for (const command of [
    review(),
    comment(),
    mergeGroup(),
    reviewedDigest(),
    outputs(),
    environments(),
    result(),
    outcome(),
    driftIssue(),
    githubWorkflowsCommand(),
  ]) {
    github.addCommand(command);
  }
  return withNotes(github, {
    notes: [
      "Reads GITHUB_TOKEN and the variables that GitHub Actions sets: GITHUB_REPOSITORY, GITHUB_API_URL, " +
        "GITHUB_EVENT_PATH.",
    ],
    exitCodes: {
      ok: "it is written, or the plan may go ahead",
      userError: "the input is wrong, or GitHub refused the request",
      found: "review and merge-group only: a risk that nobody has accepted, or a plan that nobody reviewed",
    },
  });
}

function review(): Command {
  const command = withPlan(withPullRequest(onEnvironment("review")))
    .summary("Write the comment on a plan and judge its risks")
    .description(
      "Write the environment's one comment and judge its plan: a risk needs a label, which counts only for the " +
        "commit and the plan that the comment showed when the label was set.",
    )
    .action(async (environment: string, options: GitHubReviewOptions) => {
      const { runGitHubReview } = await import("./run/github-review.ts");
      await runGitHubReview(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github review staging --report plan.json --markdown plan.md"],
    notes: ["The label is accept-risk-<environment>. Where it accepts nothing, it is removed."],
    exitCodes: {
      ok: "the plan may go on",
      userError: "the input is wrong, or GitHub refused the request",
      found: "a risk that nobody accepted",
    },
  });
}

function comment(): Command {
  const command = withPullRequest(onEnvironment("comment"))
    .summary("Write the comment on a plan")
    .description("Write the environment's one comment on a pull request, or update it.")
    .option("--markdown <file>", "report of the plan in Markdown")
    .addOption(
      new Option("--failed", "say that the newest commit could not be planned, instead").conflicts(
        "markdown",
      ),
    )
    .action(async (environment: string, options: GitHubCommentOptions) => {
      const { runGitHubComment } = await import("./run/github-comment.ts");
      await runGitHubComment(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf github comment staging --markdown plan.md",
      "npx queueit-cf github comment staging --failed",
    ],
    exitCodes: WRITTEN,
  });
}

function reviewedDigest(): Command {
  const command = withAuthor(onEnvironment("reviewed-digest"))
    .summary("Print the digest that was reviewed")
    .description("Print the digest of the plan that was reviewed in the pull request of a merged commit.")
    .option("--commit <sha>", "the commit that it was merged as (default: GITHUB_SHA)")
    .option("--json", "print one JSON object instead of the digest alone")
    .action(async (environment: string, options: GitHubReviewedDigestOptions) => {
      const { runGitHubReviewedDigest } = await import("./run/github-reviewed-digest.ts");
      await runGitHubReviewedDigest(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github reviewed-digest production"],
    exitCodes: { ok: "it is printed", userError: "nothing was reviewed, or the input is wrong" },
  });
}

function outputs(): Command {
  const command = onEnvironment("outputs")
    .summary("Pass a plan's digest to later jobs")
    .description(
      "Write a plan's digest and changes (true or false) to GITHUB_OUTPUT, for the jobs that follow.",
    )
    .requiredOption("--report <file>", "JSON report of the plan")
    .action(async (environment: string, options: GitHubOutputsOptions) => {
      const { runGitHubOutputs } = await import("./run/github-outputs.ts");
      await runGitHubOutputs(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github outputs staging --report plan.json"],
    exitCodes: { ok: "it is written", userError: "the input is wrong" },
  });
}

function environments(): Command {
  const command = new Command("environments")
    .summary("Tell later jobs which environments there are")
    .description(
      "Write the environments to GITHUB_OUTPUT, as the matrix of the jobs that follow: all of them, and those that " +
        "are deployed first, second, third and fourth. The shipped examples are left out.",
    )
    .argument("[environment]", "only this one, and those that are promoted from it")
    .action(async (environment: string | undefined) => {
      const { runGitHubEnvironments } = await import("./run/github-environments.ts");
      await runGitHubEnvironments(environment);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github environments", "npx queueit-cf github environments staging"],
    exitCodes: {
      ok: "they are written",
      userError: "there is none of this name, or there are only examples",
    },
  });
}

function driftIssue(): Command {
  const command = withAuthor(onEnvironment("drift-issue"))
    .summary("Keep one issue about drift")
    .description("Keep one issue about an environment's drift: open it, update it, close it, reopen it.")
    .option("--markdown <file>", "what drifted, in Markdown")
    .addOption(new Option("--resolved", "say that there is no drift any more, instead").conflicts("markdown"))
    .action(async (environment: string, options: GitHubDriftIssueOptions) => {
      const { runGitHubDriftIssue } = await import("./run/github-drift-issue.ts");
      await runGitHubDriftIssue(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf github drift-issue production --markdown drift.md",
      "npx queueit-cf github drift-issue production --resolved",
    ],
    exitCodes: WRITTEN,
  });
}

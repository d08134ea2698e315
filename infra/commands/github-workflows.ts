import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { GitHubWorkflowsOptions } from "./run/github-workflows.ts";
import { ownPath } from "../text/own-path.ts";

/** `queueit-cf github workflows`: the pipeline of this project, in a project of one's own. */
export function githubWorkflowsCommand(): Command {
  const command = new Command("workflows")
    .summary("Write the workflows into this project")
    .description(
      `Write the workflows of ${ownPath("docs/ci.md")} into .github/ of the project: plan, deploy, promote, drift, ` +
        "switch, and what prepares their runners. What is there and says something else stays as it is, and is named.",
    )
    .option("--replace", "replace what says something else, too; git keeps what it was")
    .option("--yes", "write without asking; without a terminal and without this option, the answer is no")
    .action(async (options: GitHubWorkflowsOptions) => {
      const { runGitHubWorkflows } = await import("./run/github-workflows.ts");
      await runGitHubWorkflows(options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf github workflows", "npx queueit-cf github workflows --replace --yes"],
    notes: [
      "After an upgrade, run it again: it says which of them are others now. Nothing is deployed by them before the " +
        "repository's variable QUEUEIT_DEPLOY is on.",
    ],
    exitCodes: {
      ok: "they are all there, or you said no",
      userError: "a file cannot be read or written",
      found: "a workflow of yours says something else, and stays",
    },
  });
}

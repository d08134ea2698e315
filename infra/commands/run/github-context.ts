import { whileDoing } from "../../console/interruption.ts";
import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readNamedUpTo, Unreadable } from "../../files/read-up-to.ts";
import { type GitHub, githubClient } from "../../github/client.ts";
import { pullRequestEvent } from "../../github/event.ts";
import { type PullRequest, readPullRequest, requireOpen } from "../../github/pull-request.ts";
import { reviewVariables } from "./review-variables.ts";
import { githubSettings } from "../../github/settings.ts";

/** Whose comments and issues count as our own: a login; default the token's. */
export interface AuthorOption {
  readonly author?: string;
}

/** The pull request; default the one that the workflow runs for. */
export interface PullRequestOption {
  readonly pullRequest?: number;
}

/** GitHub, as the variables of this process say. */
export function connectGitHub(): GitHub {
  return githubClient(githubSettings(process.env));
}

/** Does what writes to GitHub, so that whoever interrupts it is told what that means. */
export function whileWriting<T>(work: () => Promise<T>): Promise<T> {
  return whileDoing("It may already have written to GitHub. Run it again: it updates what is there.", work);
}

/** The pull request that is named, or that the workflow runs for. @throws UserError when it is closed. */
export async function pullRequestHere(github: GitHub, number: number | undefined): Promise<PullRequest> {
  const named = number === undefined ? await pullRequestEvent(process.env["GITHUB_EVENT_PATH"]) : { number };
  const pullRequest = await readPullRequest(github, named);
  requireOpen(pullRequest);
  return pullRequest;
}

/**
 * @throws UserError when no environment can have this name: it becomes part of comments, labels and outputs.
 */
export function requireEnvironmentName(name: string): void {
  if (/^[a-z][a-z0-9-]{0,39}$/.test(name)) return;
  throw new UserError(
    "environment-name",
    `${JSON.stringify(name)} is not the name of an environment. Use the name of a file in ` +
      "infra/environments/, without .ts.",
  );
}

/** @throws UserError when it is not the full hash of a commit. */
export function requireCommit(commit: string): void {
  if (/^[0-9a-f]{40,64}$/.test(commit)) return;
  throw new UserError(
    "github-commit",
    `${commit === "" ? "No commit was given" : `${JSON.stringify(commit)} is not a commit`}. Give its ` +
      "full hash with --commit; GitHub Actions sets GITHUB_SHA by itself.",
  );
}

/** The key that our comments are signed with. @throws UserError when it is not set. */
export function requirePlanKey(): string {
  const { planKey } = reviewVariables(process.env);
  if (planKey !== undefined) return planKey;
  throw new UserError(
    "plan-key-missing",
    "Set QUEUEIT_PLAN_KEY for this step, as for the one that plans: it signs the plan's comment, which " +
      "anybody with write access to the repository can edit. Make one with: openssl rand -hex 32",
  );
}

/** Address of this run of the workflow, for people; undefined outside of one. */
export function runUrl(): string | undefined {
  const {
    GITHUB_SERVER_URL: server = "",
    GITHUB_REPOSITORY: repository = "",
    GITHUB_RUN_ID: run = "",
    GITHUB_RUN_ATTEMPT: attempt = "1",
  } = process.env;
  const url = `${server}/${repository}/actions/runs/${run}`;
  if (!/^https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+\/actions\/runs\/\d+$/.test(url)) return undefined;
  return /^[2-9]\d{0,3}$|^1\d{1,3}$/.test(attempt) ? `${url}/attempts/${attempt}` : url;
}

/** The text of a file that another command wrote. */
export async function readReportFile(path: string): Promise<string> {
  try {
    return (await readNamedUpTo(path, LIMITS.report)).toString("utf8");
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UserError(
      "report-unreadable",
      `The report ${JSON.stringify(path)} ${error.message}. Name the file that queueit-cf plan or ` +
        "queueit-cf drift wrote.",
    );
  }
}

import {
  type AuthorOption,
  connectGitHub,
  requireEnvironmentName,
  requirePlanKey,
} from "./github-context.ts";
import { UserError } from "../../errors/user-error.ts";
import { ownLogin } from "../../github/own-login.ts";
import { reviewedDigest } from "../../github/reviewed-digest.ts";

export interface GitHubReviewedDigestOptions extends AuthorOption {
  readonly commit?: string;
}

/** Prints the digest, and nothing else. */
export async function runGitHubReviewedDigest(
  environment: string,
  { commit = process.env["GITHUB_SHA"] ?? "", author }: GitHubReviewedDigestOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  if (!/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new UserError(
      "github-commit",
      `${commit === "" ? "No commit was given" : `${JSON.stringify(commit)} is not a commit`}. Give its ` +
        "full hash with --commit; GitHub Actions sets GITHUB_SHA by itself.",
    );
  }
  const planKey = requirePlanKey();
  const github = connectGitHub();
  const digest = await reviewedDigest(github, {
    commit,
    branch: process.env["GITHUB_REF_NAME"],
    environment,
    author: await ownLogin(github, author),
    planKey,
  });
  process.stdout.write(`${digest}\n`);
}

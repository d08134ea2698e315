import { UserError } from "../errors.ts";
import { ownLogin } from "../github/own-login.ts";
import { reviewedDigest } from "../github/reviewed-digest.ts";
import { connectGitHub, requireEnvironmentName } from "./github-surroundings.ts";
import type { GitHubReviewedDigestOptions } from "./github.ts";

/** Prints the digest, and nothing else. */
export async function runGitHubReviewedDigest(
  environment: string,
  { commit = process.env["GITHUB_SHA"] ?? "", author }: GitHubReviewedDigestOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  if (!/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new UserError(
      "github-commit",
      `${commit === "" ? "No commit is named" : `${JSON.stringify(commit)} is no commit`}. Give its whole hash with --commit; GitHub Actions sets GITHUB_SHA by itself.`,
    );
  }
  const github = connectGitHub();
  const digest = await reviewedDigest(github, commit, environment, await ownLogin(github, author));
  process.stdout.write(`${digest}\n`);
}

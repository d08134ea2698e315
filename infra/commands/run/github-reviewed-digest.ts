import {
  type AuthorOption,
  connectGitHub,
  requireCommit,
  requireEnvironmentName,
  requirePlanKey,
} from "./github-context.ts";
import { toJson } from "../../plan/report/json.ts";
import { ownLogin } from "../../github/own-login.ts";
import { reviewedDigest } from "../../github/reviewed-digest.ts";
import { REVIEWED_DIGEST } from "../../github/reviewed-digest-format.ts";
import { inFormat } from "../../json/format.ts";

export interface GitHubReviewedDigestOptions extends AuthorOption {
  readonly commit?: string;
  readonly json?: true;
}

/** Prints the digest, and nothing else: or why there is none, also as JSON. */
export async function runGitHubReviewedDigest(
  environment: string,
  { commit = process.env["GITHUB_SHA"] ?? "", json, author }: GitHubReviewedDigestOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  requireCommit(commit);
  const planKey = requirePlanKey();
  const github = connectGitHub();
  const digest = await reviewedDigest(github, {
    commit,
    branch: process.env["GITHUB_REF_NAME"],
    environment,
    author: await ownLogin(github, author),
    planKey,
  });
  process.stdout.write(
    json === undefined ? `${digest}\n` : toJson(inFormat(REVIEWED_DIGEST, { environment, digest })),
  );
}

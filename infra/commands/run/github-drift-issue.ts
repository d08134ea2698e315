import {
  type AuthorOption,
  connectGitHub,
  readReportFile,
  requireEnvironmentName,
  whileWriting,
} from "./github-context.ts";
import { UserError } from "../../errors/user-error.ts";
import { reportDrift, resolveDrift } from "../../github/drift-issue.ts";
import { ownLogin } from "../../github/own-login.ts";

export interface GitHubDriftIssueOptions extends AuthorOption {
  readonly markdown?: string;
  readonly resolved?: true;
}

/** Opens, updates or closes the issue. */
export async function runGitHubDriftIssue(
  environment: string,
  { markdown, resolved, author }: GitHubDriftIssueOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  if (markdown === undefined && resolved === undefined) {
    throw new UserError(
      "github-drift-nothing",
      "There is nothing to write. Give --markdown with what queueit-cf drift wrote, or --resolved.",
    );
  }
  const report = markdown === undefined ? undefined : await readReportFile(markdown);
  await whileWriting(async () => {
    const github = connectGitHub();
    const login = await ownLogin(github, author);
    const outcome =
      report === undefined
        ? await resolveDrift(github, environment, login)
        : await reportDrift(github, environment, login, report);
    process.stdout.write(`${environment}: drift issue ${outcome}.\n`);
  });
}

import type { VariableList } from "./command-variable.ts";

const NONE = "none";
const ACTIONS = "none: GitHub Actions sets it";
const KEPT = "nobody: it is hidden wherever it turns up, and Terraform does not get it";

/** A secret of a pipeline that no command uses. */
function kept(meaning: string) {
  return { meaning, readBy: KEPT, standard: NONE, secret: "of-the-pipeline" } as const;
}

export const PIPELINE = {
  GITHUB_TOKEN: {
    meaning: "Token for the repository's comments, issues and pull requests.",
    readBy: "`github`",
    standard: "none: a workflow passes `github.token` on",
    secret: "of-the-pipeline",
  },
  GITHUB_REPOSITORY: { meaning: "Repository, as `owner/name`.", readBy: "`github`", standard: ACTIONS },
  GITHUB_API_URL: {
    meaning: "API of a GitHub of your own.",
    readBy: "`github`",
    standard: "`https://api.github.com`",
  },
  GITHUB_SERVER_URL: { meaning: "Where links to a run lead.", readBy: "`github comment`", standard: ACTIONS },
  GITHUB_RUN_ID: { meaning: "Run that a link leads to.", readBy: "`github comment`", standard: ACTIONS },
  GITHUB_RUN_ATTEMPT: {
    meaning: "Which attempt of the run a link leads to.",
    readBy: "`github comment`, `github outcome`",
    standard: ACTIONS,
  },
  GITHUB_EVENT_PATH: {
    meaning: "File with the pull request that the workflow runs for.",
    readBy: "`github`",
    standard: "none: `--pull-request` names one",
  },
  GITHUB_OUTPUT: {
    meaning: "File that outputs of a step are written to.",
    readBy: "`github`",
    standard: ACTIONS,
  },
  GITHUB_SHA: {
    meaning: "Commit that is deployed.",
    readBy: "`github reviewed-digest`",
    standard: "none: `--commit` names one",
  },
  GITHUB_REF_NAME: {
    meaning: "Branch that is deployed.",
    readBy: "`github reviewed-digest`",
    standard: ACTIONS,
  },
  GITHUB_ACTOR: {
    meaning: "Who started the workflow, for the note of a switch.",
    readBy: "`switch`",
    standard: "the name in git, else the user of the machine",
  },
  GH_TOKEN: kept("Token of GitHub's own command."),
  ACTIONS_RUNTIME_TOKEN: kept("Token of GitHub Actions for its artifacts and caches."),
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: kept("Token of GitHub Actions for identities."),
  CI_JOB_TOKEN: kept("Token of a GitLab job."),
  NOTE_TOKEN: kept("Token for comments in GitLab, as `docs/ci.md` uses it."),
  NODE_AUTH_TOKEN: kept("Token of a package registry."),
} as const satisfies VariableList;

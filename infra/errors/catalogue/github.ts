import type { ErrorEntries } from "../entry.ts";

/** Errors of `queueit-cf github`. */
export const GITHUB_ERRORS = {
  "github-api-url": {
    what: "`GITHUB_API_URL` is not an address that a token may be sent to.",
    why: "It does not begin with `https://`, or holds credentials.",
    next: "Set it to the API of your GitHub, or leave it out for github.com.",
  },
  "github-token": {
    what: "There is no usable `GITHUB_TOKEN`.",
    why: "It is not set for this step, or contains a character that a token never has.",
    next: "Set it for the step: `GITHUB_TOKEN: ${{ github.token }}`.",
  },
  "github-repository": {
    what: "`GITHUB_REPOSITORY` does not name a repository.",
    why: "GitHub Actions sets it; elsewhere you have to.",
    next: "Set it to `owner/name`.",
  },
  "github-event": {
    what: "There is no pull request to write to.",
    why: "The workflow was not started by one.",
    next: "Run it on `pull_request`, or name the pull request with `--pull-request`.",
  },
  "github-commit": {
    what: "No commit was given.",
    why: "`--commit` is not a full hash, and `GITHUB_SHA` is not set.",
    next: "Give its full hash with `--commit`.",
  },
  "github-output": {
    what: "`GITHUB_OUTPUT` does not name a file that can be written.",
    why: "GitHub Actions sets it for each step; elsewhere you have to.",
    next: "Set it to the path of a file in a folder that exists.",
  },
  "github-comment-nothing": {
    what: "There is nothing to write as a comment.",
    why: "Neither `--markdown` nor `--failed` was given.",
    next: "Give `--markdown` with the report of a plan, or `--failed`.",
  },
  "github-drift-nothing": {
    what: "There is nothing to write about drift.",
    why: "Neither `--markdown` nor `--resolved` was given.",
    next: "Give `--markdown` with what `queueit-cf drift` wrote, or `--resolved`.",
  },
  "github-comment-length": {
    what: "The text is longer than GitHub accepts.",
    why: "It is not the file that `--markdown` wrote, which is never too long.",
    next: "Give that file, unchanged.",
  },
  "github-comment-marker": {
    what: "The Markdown is not a report for this environment.",
    why: "Its first line says so.",
    next: "Give the file that `queueit-cf plan <environment> --markdown <file>` wrote, unchanged.",
  },
  "github-review": {
    what: "The Markdown and the JSON report are not of the same plan.",
    why: "Their digests differ.",
    next: "Give the two files that one run of `queueit-cf plan` wrote.",
  },
  "github-outdated": {
    what: "The pull request has a newer commit than the one that was planned, so nothing is written.",
    why: "Somebody pushed in the meantime.",
    next: "Nothing: the run for the newer commit writes.",
  },
  "github-closed": {
    what: "The pull request is closed, so nothing is written to it.",
    why: "Its comment says what was reviewed before it was merged, and a deploy takes the digest from there.",
    next: "Open another pull request to have something else reviewed.",
  },
  "github-merge-group": {
    what: "There is no merge queue to judge a plan for.",
    why: "The workflow was not started by one, or its event names no pull request.",
    next: "Run it on `merge_group`.",
  },
  "github-nothing-reviewed": {
    what: "No plan was reviewed for this commit, so nothing is deployed.",
    why: "It was pushed directly, or its pull request has no valid comment.",
    next: "Plan the environment, and start the deploy workflow by hand with the digest of that plan.",
  },
  "github-label": {
    what: "GitHub opened an issue without its label, so it was closed again.",
    why: "The token is not allowed to set labels.",
    next: "Give the token write access to the repository's issues.",
  },
  "github-unreachable": {
    what: "GitHub does not answer.",
    why: "The network is down, or `GITHUB_API_URL` points elsewhere.",
    next: "Check both, then run the command again.",
  },
  "github-answer": {
    what: "What answers is not GitHub's API.",
    why: "`GITHUB_API_URL` points elsewhere, or a proxy answers.",
    next: "Correct `GITHUB_API_URL`; behind a proxy, check what it lets through.",
  },
  "github-endless": {
    what: "A list from GitHub does not end.",
    why: "A proxy returns the same page again and again.",
    next: "Check `GITHUB_API_URL`, and what the proxy does with page numbers.",
  },
  "github-rate-limit": {
    what: "GitHub asks for a longer pause than this program will wait.",
    why: "There were too many calls.",
    next: "Run the command again later.",
  },
  "github-unauthorized": {
    what: "GitHub does not recognise the token.",
    why: "It has expired, or belongs to another GitHub.",
    next: "Give the step a valid `GITHUB_TOKEN`.",
  },
  "github-forbidden": {
    what: "The token is not allowed to do this.",
    why: "It lacks the permission that the message names.",
    next: "Add it under `permissions` of the job.",
  },
  "github-not-found": {
    what: "What GitHub was asked for does not exist, or the token cannot see it.",
    why: "`GITHUB_REPOSITORY` names another repository, or the job lacks a permission.",
    next: "Check both of them.",
  },
  "github-gone": {
    what: "Issues are switched off in the repository.",
    why: "Somebody switched them off in its settings.",
    next: "Switch them on.",
  },
  "github-refused": {
    what: "GitHub refuses a call.",
    why: "The message quotes its reason.",
    next: "Do what the message says.",
  },
  "github-no-environment": {
    what: "The workflow has no environment to plan or deploy.",
    why: "Those in `infra/environments/` are the shipped examples.",
    next: "Write one of your own: `npx queueit-cf init`.",
  },
  "github-chain": {
    what: "More environments are promoted from each other than the workflow has jobs for.",
    why: "GitHub takes the order of jobs from the file; it cannot grow while the workflow runs.",
    next: "Make the chain shorter, or add a level to `deploy.yml` and to `LONGEST_CHAIN`.",
  },
} as const satisfies ErrorEntries;

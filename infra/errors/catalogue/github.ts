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
    why: "It is not set for this step, or holds a character that no token has.",
    next: "Set it for the step: `GITHUB_TOKEN: ${{ github.token }}`.",
  },
  "github-repository": {
    what: "`GITHUB_REPOSITORY` does not name a repository.",
    why: "GitHub Actions sets it; elsewhere nobody does.",
    next: "Set it to `owner/name`.",
  },
  "github-event": {
    what: "There is no pull request to write to.",
    why: "The workflow was not started by one.",
    next: "Run it on `pull_request`, or name the pull request with `--pull-request`.",
  },
  "github-commit": {
    what: "No commit is named.",
    why: "`--commit` is not a whole hash, and `GITHUB_SHA` is not set.",
    next: "Give its whole hash with `--commit`.",
  },
  "github-output": {
    what: "`GITHUB_OUTPUT` names no file that can be written.",
    why: "GitHub Actions sets it for each step; elsewhere nobody does.",
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
    what: "The text is longer than GitHub takes.",
    why: "It is not the file that `--markdown` wrote, which always fits.",
    next: "Give that file as it is.",
  },
  "github-comment-marker": {
    what: "The Markdown is not a report for this environment.",
    why: "Its first line says so.",
    next: "Give the file that `queueit-cf plan <environment> --markdown <file>` wrote, as it is.",
  },
  "github-review": {
    what: "The Markdown and the JSON report are not of the same plan.",
    why: "Their digests differ.",
    next: "Give the two files that one run of `queueit-cf plan` wrote.",
  },
  "github-outdated": {
    what: "The pull request has a newer commit than the one that was planned, so nothing is written.",
    why: "Somebody pushed meanwhile.",
    next: "Nothing: the run of the newer commit writes.",
  },
  "github-nothing-reviewed": {
    what: "No plan was reviewed for this commit, so nothing is deployed.",
    why: "It was pushed directly, or its pull request has no comment that counts.",
    next: "Plan the environment, and start the deploy workflow by hand with the digest of that plan.",
  },
  "github-label": {
    what: "GitHub opened an issue without its label, so it was closed again.",
    why: "The token may not set labels.",
    next: "Give the token write access to the repository's issues.",
  },
  "github-unreachable": {
    what: "GitHub does not answer.",
    why: "The network is down, or `GITHUB_API_URL` leads elsewhere.",
    next: "Look at both, and run the command again.",
  },
  "github-answer": {
    what: "What answers does not speak GitHub's API.",
    why: "`GITHUB_API_URL` leads elsewhere, or a proxy answers.",
    next: "Correct `GITHUB_API_URL`; behind a proxy, look at what it lets through.",
  },
  "github-endless": {
    what: "A list of GitHub does not end.",
    why: "A proxy gives the same page again and again.",
    next: "Look at `GITHUB_API_URL`, and at what the proxy does with page numbers.",
  },
  "github-rate-limit": {
    what: "GitHub wants a longer pause than can be waited for.",
    why: "There were too many calls.",
    next: "Run the command again later.",
  },
  "github-unauthorized": {
    what: "GitHub does not know the token.",
    why: "It has expired, or is another GitHub's.",
    next: "Give the step a valid `GITHUB_TOKEN`.",
  },
  "github-forbidden": {
    what: "The token may not do this.",
    why: "It lacks the permission that the message names.",
    next: "Add it under `permissions` of the job.",
  },
  "github-not-found": {
    what: "What was asked of GitHub is not there, or the token may not see it.",
    why: "`GITHUB_REPOSITORY` names another repository, or the job lacks a permission.",
    next: "Look at both.",
  },
  "github-gone": {
    what: "Issues are switched off in the repository.",
    why: "Somebody switched them off in its settings.",
    next: "Switch them on.",
  },
  "github-refused": {
    what: "GitHub refuses a call.",
    why: "The message repeats its reason.",
    next: "Do what the message says.",
  },
} as const satisfies ErrorEntries;

import type { ErrorEntries } from "../entry.ts";

export const ADOPT_ERRORS = {
  "environment-name-invalid": {
    what: "The name that was given is not one that an environment can have.",
    why: "It becomes part of Terraform's stack, the state's key and the KV namespace's title.",
    next: "Use lower-case letters, digits and dashes, a letter first and 40 characters at most.",
  },
  "environment-exists": {
    what: "There is an environment of this name already.",
    why: "Somebody wrote it, and it is never overwritten.",
    next: "Use another name, or move the file away first.",
  },
  "account-unclear": {
    what: "It is not clear which Cloudflare account is meant.",
    why: "The token sees several accounts, or does not list any.",
    next: "Name it with `--account`.",
  },
  "connector-missing": {
    what: "The account has no Worker that looks like a Queue-it connector.",
    why: "There is none, or the token does not see its routes.",
    next: "Name the Worker with `--name`, give the token the permissions of the help, or begin without it.",
  },
  "connector-switched": {
    what: "The connector is switched off, or fails otherwise than it was deployed.",
    why: "Somebody used `queueit-cf switch`; adopted like that, its protected routes would become bypasses.",
    next: "Switch it back with the command in the message, then adopt it.",
  },
  "connector-unclear": {
    what: "Several Workers of the account look like a Queue-it connector.",
    why: "There are several environments in it, or an old connector was left.",
    next: "Name one with `--name`.",
  },
  "worker-adopted": {
    what: "The Worker that was found is the one of another environment.",
    why: "Two environments that deploy the same Worker would undo each other's work.",
    next: "Name another Worker with `--name`, or work with that environment.",
  },
  "called-unknown": {
    what: "What was told with `--called` is not a name.",
    why: "It is misspelt, or the Worker has no variable or secret of that name.",
    next: "Write it as in `--called QUEUEIT_SECRET_KEY=SECRET`, with names that the message lists.",
  },
  "worker-choice": {
    what: "It is not said what becomes of the Worker that runs.",
    why: "It is not this project's own, so it can stay or be replaced.",
    next: "Say it with `--worker keep` or `--worker replace`.",
  },
  "adoption-stopped": {
    what: "The connector cannot be adopted as it is.",
    why: "Something about it would be lost, or is not known.",
    next: "Do what the message says for each point. Nothing was written or changed.",
  },
  "adoption-invalid": {
    what: "What the account has is not a valid environment.",
    why: "A setting that was made by hand is outside of what the environment's options take.",
    next: "Fix it in the dashboard as the message says, then adopt again.",
  },
  "adopted-file-exists": {
    what: "The file that the Worker's source would be written to is there already.",
    why: "An earlier adoption or somebody else wrote it, and its content is different.",
    next: "Move it away, then adopt again.",
  },
} as const satisfies ErrorEntries;

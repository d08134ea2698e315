import type { ErrorEntries } from "../entry.ts";

/** Errors of the Cloudflare on this machine and of the preview. */
export const LOCAL_ERRORS = {
  "port-in-use": {
    what: "A port cannot be used.",
    why: "Another preview or local Cloudflare is running, or something else listens on it; ports below 1024 are often reserved for the system's own programs.",
    next: "End what uses it, or choose another port with the option that the message names.",
  },
  "clock-behind": {
    what: "This machine's clock is behind.",
    why: "The Workers runtime refuses to start anything dated in the future.",
    next: "Set the clock, then run the command again.",
  },
  "worker-start": {
    what: "What is deployed to the local Cloudflare does not start.",
    why: "A Worker in it has a bug.",
    next: "Fix that Worker; another folder for `--state` starts from scratch.",
  },
  "local-accounts": {
    what: "The environments are in several accounts, and the local Cloudflare has one.",
    why: "They have different values of `accountId`.",
    next: "Name only environments of one account.",
  },
  "local-account": {
    what: "The local Cloudflare cannot have the account that was asked for.",
    why: "`--account` names another one than the environments are in.",
    next: "Leave `--account` out: the account is that of the environments.",
  },
  "local-zone": {
    what: "The local Cloudflare cannot have a zone that was asked for.",
    why: "`--zone` gives a name that no zone can have, names one twice, or gives it an id that is not one or is taken.",
    next: "Write it as `--zone NAME`, or as `--zone NAME=ID` with 32 characters of 0 to 9 and a to f.",
  },
  "local-token": {
    what: "A token for the local Cloudflare cannot be made.",
    why: "`--token` names it twice or not at all, or asks for a permission that is not known here.",
    next: "Write it as `NAME=permission,…` with Cloudflare's names of permissions, or `NAME` alone.",
  },
  "local-edge": {
    what: "The addresses of the local sites are not known.",
    why: "`CLOUDFLARE_BASE_URL` is set and `QUEUEIT_LOCAL_EDGE` is not.",
    next: "Paste all the lines that `npx queueit-cf local` prints.",
  },
  "local-not-running": {
    what: "The local Cloudflare does not answer.",
    why: "`CLOUDFLARE_BASE_URL` leads to this machine, and `npx queueit-cf local` was stopped or is now on another port.",
    next:
      "Start `npx queueit-cf local` and paste the lines that it prints; for the real Cloudflare, unset " +
      "`CLOUDFLARE_BASE_URL`.",
  },
  "local-stack": {
    what: "The local Cloudflare cannot deploy this stack.",
    why: "It uses something that is not emulated, or contradicts itself.",
    next: "Fix what each line names; `docs/local-cloudflare.md` says what is emulated.",
  },
  "local-state-folder": {
    what: "The folder for the local account cannot be used.",
    why: "This user cannot write there, the disk is full, or a file is in its place.",
    next: "Choose another one with `--state`.",
  },
  "local-state-foreign": {
    what: "The folder for the local account is not its own.",
    why: "It belongs to another user, or holds other things or links.",
    next: "Give `--state` a folder of its own: a new name will do.",
  },
  "local-state-damaged": {
    what: "The stored local account cannot be read.",
    why: "Another version wrote it, or it is damaged. It was left as it is.",
    next: "Put back a copy of the folder, or move it elsewhere to start with an empty account.",
  },
  "local-state-account": {
    what: "The state folder holds a different account from the one that the environments are in.",
    why: "It was made for other environments, or for another `--account`.",
    next: "Give `--state` another folder for this account.",
  },
  "local-state-locked": {
    what: "Another process is using the state.",
    why: "A local Cloudflare with the same `--state` is running.",
    next: "End it first, or choose another folder with `--state`.",
  },
  "local-state-unsaved": {
    what: "The local account could not be saved. What was saved before is still there.",
    why: "The disk is full, or this user cannot write there.",
    next: "Free some space or give this user the right to write, then try again.",
  },
  "preview-publish": {
    what: "The Worker did not accept the integration configuration.",
    why: "It is not valid for this Worker, or the Worker does not answer.",
    next: "Do what the message says.",
  },
  "check-failed": {
    what: "The environment does not work on the local Cloudflare.",
    why: "A step on the way through the waiting room failed: it is marked in the output.",
    next: "Fix what its line says, then run `npx queueit-cf preview <environment> --check` again.",
  },
  "check-no-query": {
    what: "Visitors cannot come back from a waiting room.",
    why: "The queue token comes in a query string, and no protected route matches one.",
    next: "End the paths in `protect` with `*`.",
  },
  "check-no-route": {
    what: "No route sends an https address of the sites to the Worker.",
    why: "`protect` covers none.",
    next: 'Add one to `protect`, for example `"/*"`.',
  },
  "check-no-page": {
    what: "No page leads to a waiting room.",
    why: "No action of the integration configuration applies to one.",
    next: "Add a queue action for one of the pages in the message.",
  },
} as const satisfies ErrorEntries;

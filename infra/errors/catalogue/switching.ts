import type { ErrorEntries } from "../entry.ts";

/** Errors of the switch. */
export const SWITCH_ERRORS = {
  "switch-place": {
    what: "It is not said which connector to switch, or it is said twice.",
    why: "Neither an environment is named nor its account, zone and Worker, or an environment that does not know them.",
    next: "Name an environment, or give `--account`, `--zone` and `--worker`.",
  },
  "switch-reason": {
    what: "The reason is missing, too long, or holds a secret, and nothing was changed.",
    why: "Every report shows the reason while something is switched.",
    next: "Add `--reason` with a sentence of at most 300 characters.",
  },
  "switch-not-confirmed": {
    what: "The name was not given, so nothing was switched.",
    why: "Another name was typed, or there was no terminal for the question.",
    next: "Run the command again and type the name; without a terminal, add `--yes <environment>`.",
  },
  "switch-site-unknown": {
    what: "There is nothing to switch at this site.",
    why: "Its hostname is mistyped, it has no route that leads to the Worker, or it is not switched off.",
    next: "Take one of the hosts that the message lists.",
  },
  "switch-nothing": {
    what: "No route leads to this Worker, so there is nothing to switch off.",
    why: "The Worker, the zone or the account is another one, or the environment is not deployed.",
    next: "Check the names; `npx queueit-cf switch status` shows what is found.",
  },
  "switch-no-namespace": {
    what: "There is no place for the note, so nothing was changed.",
    why: "The account has no such Worker, or the Worker has no KV namespace of a connector.",
    next: "Check the account and the name of the Worker.",
  },
  "switch-unfinished": {
    what: "Cloudflare did not do all of it.",
    why: "It was busy or failed for longer than it is asked again, or the token lacks a permission. The message says what was done.",
    next: "Fix the cause, then run the same command again: it goes on from there.",
  },
  "switch-failure-unknown": {
    what: "The Worker's failure mode cannot be switched, and nothing was changed.",
    why: "The Worker does not have the variable that says how it fails: it is not this project's, or is not deployed.",
    next: "Deploy the environment first, or name its Worker.",
  },
} as const satisfies ErrorEntries;

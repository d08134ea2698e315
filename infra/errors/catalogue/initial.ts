import type { ErrorEntries } from "../entry.ts";

export const INIT_ERRORS = {
  "init-incomplete": {
    what: "Something that an environment needs was not given.",
    why: "There is no terminal to ask at, and no value that would be right for everybody.",
    next: "Give every option that the message names, or run the command in a terminal.",
  },
  "init-option": {
    what: "An option has a value that an environment cannot have.",
    why: "It is misspelt, or has the form of something else.",
    next: "Fix each as the message says.",
  },
  "init-unanswered": {
    what: "A question was left without an answer.",
    why: "The input ended, as with Ctrl-D.",
    next: "Run the command again. Nothing was written.",
  },
  "init-account": {
    what: "The token does not see the account that was named.",
    why: "The id is another account's, or the token is.",
    next: "Check the id in the dashboard's address bar, and the token.",
  },
  "init-zone": {
    what: "A hostname is not in the zone that was named for it.",
    why: "The zone is another one's, or the hostname is misspelt.",
    next: "Leave `--zone` out where the token sees the zone, or name the right one.",
  },
  "init-hostname": {
    what: "A hostname is in none of the zones that the token sees in the account.",
    why: "It is misspelt, its zone is in another account, or the token may not read the zone.",
    next: "Check the spelling and the account, or give the token `Zone · Zone · Read` for the zone.",
  },
  "init-secret": {
    what: "An answer holds a secret.",
    why: "The value of an environment variable such as `CLOUDFLARE_API_TOKEN` was pasted into an option.",
    next: "Give the option another value. Secrets are never written into an environment.",
  },
  "init-invalid": {
    what: "What was answered is not a valid environment.",
    why: "Two answers contradict each other, or another environment has the same name, route or state.",
    next: "Fix each as the message says. Nothing was written.",
  },
} as const satisfies ErrorEntries;

import type { ErrorEntries } from "../entry.ts";

/** Errors of the files that describe environments, and of the variables and files that they need. */
export const ENVIRONMENT_ERRORS = {
  "environment-invalid": {
    what: "At least one environment has an error. All of them are listed.",
    why: "A property is missing, misspelt or contradicts another one.",
    next: "Do what comes after the arrow on each line, then run `npx queueit-cf validate`.",
  },
  "environment-unknown": {
    what: "There is no environment of this name.",
    why: "The name is misspelt, or its file in `infra/environments/` is not there.",
    next: "Give one of the names in the message, or write `infra/environments/<name>.ts`.",
  },
  "environment-name": {
    what: "The name that was given cannot be that of an environment.",
    why: "A name has lower-case letters, digits and dashes, begins with a letter and has 40 characters at most.",
    next: "Name a file of `infra/environments/`, without `.ts`.",
  },
  "environment-file-name": {
    what: "A file in `infra/environments/` has a name that no environment can have.",
    why: "Its name becomes part of Terraform's stack, the state's key and the namespace's title.",
    next: "Rename it to lower-case letters, digits and dashes, or move it out of the folder.",
  },
  "environment-export": {
    what: "An environment's file does not export an environment.",
    why: "It has no default export.",
    next: "Begin it with `export default defineEnvironment({`.",
  },
  "environment-import": {
    what: "The file of an environment cannot be read as TypeScript.",
    why: "It has a syntax error, imports something that is not there, throws, ends the program, or waits for ever.",
    next: "Fix what the message names; your editor shows where.",
  },
  "no-environment": {
    what: "There are no environments.",
    why: "`infra/environments/` is empty.",
    next: "Write one: `npx queueit-cf init`.",
  },
  "example-values": {
    what: "The environment still has example values in it.",
    why: "It was copied and not filled in. A plan with them would not be for any real account.",
    next:
      "Replace each value that the message names. To try a deploy without an account, start " +
      "`npx queueit-cf local` first.",
  },
  "variables-missing": {
    what: "Environment variables that a deploy needs are not set.",
    why: "The token and the secrets are read from environment variables and are never in a file.",
    next: "Export those that the message names.",
  },
  "variables-unclean": {
    what: "An environment variable holds more than its value.",
    why: "A line break, a space or quotes were included when it was copied or read from a file.",
    next: "Set it to the value alone; from a file: `export NAME=\"$(tr -d '\\r\\n' < FILE)\"`.",
  },
  "configuration-invalid": {
    what: "A file is not an integration configuration that the Worker accepts.",
    why: "It is not JSON, not UTF-8, or not in the form that Queue-it publishes.",
    next:
      "Fix the file, or download the configuration from Queue-it's platform again, then run `npx " +
      "queueit-cf validate --configuration <file>`.",
  },
  "configuration-unreadable": {
    what: "The integration configuration that was named cannot be read.",
    why: "It is not there, this user cannot read it, or it is not a file of a sensible size.",
    next: "Give the path of an integration configuration as JSON.",
  },
  "worker-file": {
    what: "The Worker file does not start in the Workers runtime.",
    why: "It is the wrong file, or `worker.format` or `worker.names` does not match it.",
    next: "Fix that in the environment's file. Nothing was deployed.",
  },
  "worker-file-unreadable": {
    what: "The Worker file of an environment cannot be read.",
    why: "It is not there, this user cannot read it, or it is larger than Cloudflare accepts.",
    next: "Put the file where `worker.path` says, or fix that path.",
  },
  "hooks-unusable": {
    what: "The file of hooks that an environment names cannot go into the bundle.",
    why: "It does not compile, imports what a Worker may not, defines something else than hooks, or is too large.",
    next: "The message names the file and the line. `docs/hooks.md` has examples that work.",
  },
} as const satisfies ErrorEntries;

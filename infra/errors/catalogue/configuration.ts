import type { ErrorEntries } from "../entry.ts";

/** Errors of `queueit-cf config`. */
export const CONFIGURATION_ERRORS = {
  "configuration-reference": {
    what: "It is not clear which integration configuration is meant.",
    why: "No environment was named, or the place does not go with it.",
    next: "Name an environment, a file, or a place such as `kv:staging`; `docs/configuration.md` lists them.",
  },
  "configuration-unknown": {
    what: "The integration configuration that was asked for is not to be read.",
    why:
      "Nothing is deployed, KV or the Worker has none, the Worker runs an older bundle, or the credentials for the " +
      "place are not set.",
    next: "Do what the message says, or read it from another place with `--from` or a file.",
  },
  "host-unclear": {
    what: "It is not clear which environment a request is for.",
    why: "No environment has a site with this host, or several have.",
    next: "Name the environment behind the address, or fix the address.",
  },
  "request-unsendable": {
    what: "The request to explain cannot be sent over HTTP.",
    why: "The method is not one, or a header has a name or a value that HTTP does not allow.",
    next: 'Write headers as `--header "Name: value"` and cookies as `--cookie "name=value"`.',
  },
  "queue-it-refused": {
    what: "Queue-it's platform did not hand out the integration configuration.",
    why: "The API key or the customer id is wrong, or Queue-it does not answer.",
    next: "Check `TF_VAR_queueit_api_key` and `queueIt.customerId`, then try again.",
  },
  "push-refused": {
    what: "The integration configuration was not pushed. Nothing was changed.",
    why:
      "Something else is live than the file was made from, the Worker would refuse it, or whoever owns the " +
      "configuration would undo it.",
    next: "Do what the message says; `npx queueit-cf config diff staging FILE` shows what differs.",
  },
  "publish-failed": {
    what: "The Worker did not take the integration configuration that was pushed.",
    why: "Its secret key is another one, no route brings publish calls to it, or the site does not answer.",
    next: "Look into the Worker's log, and see what is live with `npx queueit-cf config show staging`.",
  },
  "kv-unwritten": {
    what: "It is not certain that KV was written.",
    why: "Cloudflare did not answer, or the token does not allow it.",
    next: "See what KV holds with `npx queueit-cf config show kv:staging`, then push again.",
  },
  "history-unknown": {
    what: "The earlier versions of the integration configuration are not known here.",
    why: "Queue-it owns it, or git has no commit of the file.",
    next: "Look into Queue-it's GO platform, or commit the file.",
  },
  "pull-reference": {
    what: "What was named is not an environment to pull from.",
    why: "A pull reads what is live somewhere, and a file is not.",
    next: "Name an environment, for example `npx queueit-cf config pull staging`.",
  },
  "file-exists": {
    what: "A file is there already, and was changed since it was written.",
    why: "A pull never overwrites what somebody has edited.",
    next: "Give another name with `--out`, or move the file away.",
  },
} as const satisfies ErrorEntries;

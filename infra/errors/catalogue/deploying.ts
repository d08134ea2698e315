import type { ErrorEntries } from "../entry.ts";

/** Errors of deploying, promoting, rolling back and taking down. */
export const DEPLOY_ERRORS = {
  "not-confirmed": {
    what: "Nobody confirmed, so nothing was changed.",
    why: "The answer was no, or there was no terminal for the question.",
    next: "Run the command again and answer with yes; without a terminal, add `--yes`.",
  },
  frozen: {
    what: "The environment says that nothing is deployed at this time.",
    why: "The moment is within one of its `freeze` windows, such as the days of a sale.",
    next: 'Wait until it is over. If it cannot wait, say why: `--despite-freeze "<why>"`. A rollback needs no such word.',
  },
  "name-not-confirmed": {
    what: "The environment's name was not given, so nothing was taken down.",
    why: "Another name was typed, or there was no terminal for the question.",
    next: "Run the command again and type the name; without a terminal, add `--yes <environment>`.",
  },
  "named-worker-missing": {
    what: "A Worker that the environment names is not in the account, and nothing was changed.",
    why: "Cloudflare refuses a connector that is bound to a Worker which is not there, and a route to one.",
    next: "Deploy that Worker first, or correct its name in `worker.then` or `bypass`.",
  },
  "bundle-without-chaining": {
    what: "The bundle cannot call the chained Worker, and nothing was changed.",
    why: "It was built before this project could chain a Worker.",
    next: "Choose a newer bundle, or remove `worker.then` for as long as this one has to run.",
  },
  "not-the-reviewed-plan": {
    what: "The plan is not the one that was reviewed, and nothing was changed.",
    why: "The account, the environment or the sources changed since the review.",
    next: "Review the new plan, then deploy with its digest.",
  },
  "apply-failed": {
    what: "The deploy was not completed.",
    why: "Cloudflare refused part of it, or Terraform was ended. The message says what was done and what is left.",
    next: "Fix the cause, then deploy again: what was done is recorded.",
  },
  "destroy-failed": {
    what: "Not everything was taken down.",
    why: "Cloudflare refused part of it, or Terraform was ended.",
    next: "Fix the cause, then run `npx queueit-cf destroy <environment>` again.",
  },
  "not-gone": {
    what: "The environment was taken down, or was not there, but a connector still answers its pages.",
    why: "A route was made by hand, or by a deployment whose state is elsewhere.",
    next: "Delete that route in Cloudflare's dashboard, or correct `backend` and destroy again.",
  },
  "nothing-deployed": {
    what: "There is no deployment to compare with.",
    why: "Terraform's state of the environment is empty: it was never deployed, or its state is in another backend.",
    next: "Deploy it, or fix `backend` in the environment's file.",
  },
  "live-unknown": {
    what: "The integration configuration that is in force is unknown.",
    why: "KV holds none that the Worker accepts, or neither a token nor the secret key is set to ask for it.",
    next: "Do what the message says, or give the configuration with `--configuration FILE`.",
  },
  "not-settled": {
    what: "The environment was deployed, but a second plan is not empty.",
    why: "Somebody or something else is changing the account.",
    next: "Find out who or what, then plan again.",
  },
  "not-answered": {
    what: "The environment was deployed, but a site does not answer with it.",
    why: "Another route gets its visitors, the site is not reached through Cloudflare, or the Worker fails.",
    next: "Check the routes and the Worker's log, then run `npx queueit-cf verify <environment>`.",
  },
  "not-verified": {
    what: "The earlier environment does not work as it must, so nothing is promoted from it.",
    why: "One of its checks failed.",
    next: "Fix it, run `npx queueit-cf verify <environment>`, then promote again.",
  },
  "no-promotion": {
    what: "The environment is not promoted from another one.",
    why: "It has no `promotedFrom`.",
    next: "Name the earlier environment in `promotedFrom`, or deploy it by itself.",
  },
  "promotion-source-missing": {
    what: "The environment only gets a bundle that an earlier one runs, and that was never deployed.",
    why: "There is no state of the earlier environment.",
    next: "Deploy the earlier environment first.",
  },
  "rollback-unknown": {
    what: "The environment has no record of the bundle to go back to.",
    why: "It has run only one bundle so far, or the hash is mistyped.",
    next: "Give `--to` a hash that the message lists; to go back further, deploy from an earlier checkout.",
  },
  "rollback-back-and-forth": {
    what:
      "The environment was already rolled back, and another rollback would deploy the bundle that it " +
      "was rolled back from.",
    why: "The previous bundle is the one that somebody rolled back from.",
    next: "Name the bundle with `--to`.",
  },
  "rollback-not-deployed": {
    what: "Nothing of the environment is deployed, so there is nothing to roll back.",
    why: "It was taken down, or never deployed.",
    next: "Run `npx queueit-cf deploy <environment>`, or name the bundle to deploy with `--to`.",
  },
  "secret-key-missing": {
    what: "Queue-it's secret key is not set.",
    why: "The sites say what they run only to a caller who knows the key.",
    next: "Export `TF_VAR_queueit_secret_key`.",
  },
} as const satisfies ErrorEntries;

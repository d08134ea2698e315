import type { ErrorEntries } from "../entry.ts";

/** Errors of deploying, promoting, rolling back and taking down. */
export const DEPLOY_ERRORS = {
  "not-confirmed": {
    what: "Nobody said yes, so that nothing was changed.",
    why: "The answer was no, or there was no terminal to ask at.",
    next: "Run the command again and answer with yes; without a terminal, add `--yes`.",
  },
  "name-not-confirmed": {
    what: "The environment's name was not given, so that nothing was taken down.",
    why: "Another name was typed, or there was no terminal to ask at.",
    next: "Run the command again and type the name; without a terminal, add `--yes <environment>`.",
  },
  "not-the-reviewed-plan": {
    what: "The plan is not the one that was reviewed, and nothing was changed.",
    why: "The account, the environment or the sources changed since the review.",
    next: "Review the new plan, then deploy with its digest.",
  },
  "apply-failed": {
    what: "The deploy was not done in full.",
    why: "Cloudflare refused a part of it, or Terraform was ended. The message says what was done and what is left.",
    next: "Mend the cause, then deploy again: what was done is kept.",
  },
  "destroy-failed": {
    what: "Not everything was taken down.",
    why: "Cloudflare refused a part of it, or Terraform was ended.",
    next: "Mend the cause, then run `npx queueit-cf destroy <environment>` again.",
  },
  "not-gone": {
    what: "The environment was taken down, or was not there, but a connector still answers its pages.",
    why: "A route was made by hand, or by a deployment whose state is elsewhere.",
    next: "Delete that route in Cloudflare's dashboard, or correct `backend` and destroy again.",
  },
  "nothing-deployed": {
    what: "There is no deployment to compare with.",
    why: "Terraform's state of the environment is empty: it was never deployed, or its state is in another backend.",
    next: "Deploy it, or mend `backend` in the environment's file.",
  },
  "live-unknown": {
    what: "The integration configuration that is in force cannot be told.",
    why: "KV holds none that the Worker takes, or neither a token nor the secret key is set to ask for it.",
    next: "Do what the message says, or give the configuration with `--configuration FILE`.",
  },
  "not-settled": {
    what: "The environment was deployed, but a second plan is not empty.",
    why: "Somebody or something else changes the account.",
    next: "Find out who does, then plan again.",
  },
  "not-answered": {
    what: "The environment was deployed, but a site does not answer with it.",
    why: "Another route takes its visitors, the site is not reached through Cloudflare, or the Worker fails.",
    next: "Look at the routes and the Worker's log, then run `npx queueit-cf verify <environment>`.",
  },
  "not-verified": {
    what: "The earlier environment does not do what it has to, so nothing is promoted from it.",
    why: "One of its checks failed.",
    next: "Mend it, run `npx queueit-cf verify <environment>`, then promote again.",
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
    what: "The environment has no record of the bundle that is to be brought back.",
    why: "It ran only one so far, or the hash is mistyped.",
    next: "Give `--to` a hash that the message lists; to go back further, deploy from an earlier checkout.",
  },
  "rollback-back-and-forth": {
    what: "The environment was rolled back already, and another rollback would bring back the bundle that was left then.",
    why: "The bundle that ran before is the one that somebody got rid of.",
    next: "Name the bundle with `--to`.",
  },
  "rollback-not-deployed": {
    what: "Nothing of the environment is deployed, so that there is nothing to roll back.",
    why: "It was taken down, or never deployed.",
    next: "Run `npx queueit-cf deploy <environment>`, or name the bundle to deploy with `--to`.",
  },
  "secret-key-missing": {
    what: "Queue-it's secret key is not set.",
    why: "What the sites run is only told to somebody who knows the key.",
    next: "Export `TF_VAR_queueit_secret_key`.",
  },
} as const satisfies ErrorEntries;

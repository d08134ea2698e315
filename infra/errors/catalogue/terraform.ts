import type { ErrorEntries } from "../entry.ts";

/** Errors of Terraform or OpenTofu, of the state, and of what they reach with it. */
export const TERRAFORM_ERRORS = {
  "terraform-missing": {
    what: "There is no Terraform and no OpenTofu on this machine.",
    why: "Neither is installed, or it is not on the `PATH`.",
    next: "Install one of them, or name its file in `TERRAFORM_BINARY_NAME`.",
  },
  "terraform-old": {
    what: "Terraform or OpenTofu is too old.",
    why: "The stacks need features that came with the version that the message names.",
    next: "Update it, or name another binary in `TERRAFORM_BINARY_NAME`.",
  },
  "terraform-unusable": {
    what: "What should be Terraform does not report its version.",
    why: "`TERRAFORM_BINARY_NAME` names another program, or it does not run on this machine.",
    next: "Fix that, or name another binary in `TERRAFORM_BINARY_NAME`.",
  },
  "terraform-killed": {
    what: "Terraform was killed before it could change anything.",
    why: "Most often the system kills it because memory has run out.",
    next: "Fix what killed it, then run the command again.",
  },
  "provider-missing": {
    what: "Terraform cannot find its Cloudflare provider.",
    why: "The Terraform registry cannot be reached, and the provider is not installed here.",
    next:
      "Give it access to the registry, or name a mirror in the file that `TF_CLI_CONFIG_FILE` names. " +
      "`npx queueit-cf preview` needs neither Terraform nor the provider.",
  },
  "init-failed": {
    what: "Terraform cannot initialise the stack.",
    why: "Its own message follows.",
    next: "Fix what it names, then run the command again.",
  },
  "backend-changed": {
    what: "The state has moved to another place.",
    why:
      "`backend` of the environment was changed. Planning without the old state would create " +
      "everything a second time.",
    next: "Move the state with `terraform init -migrate-state` in the stack's folder.",
  },
  "plan-failed": {
    what: "Terraform did not make a plan.",
    why: "Its own message follows.",
    next: "Fix what it names, then plan again.",
  },
  "plan-stopped": {
    what: "The plan stopped before its end, and nothing was changed.",
    why: "Its own message follows.",
    next: "Fix what it names, then run the command again.",
  },
  "refresh-failed": {
    what: "What was deployed cannot be compared with the account.",
    why: "Its own message follows.",
    next: "Fix what it names, then run the command again.",
  },
  "plan-stale": {
    what: "The plan was not applied: the state was changed after it was made.",
    why: "Somebody else deployed the environment between the plan and its apply.",
    next: "Find out who, then plan again.",
  },
  "environment-busy": {
    what: "Another command of this checkout is working on the environment.",
    why: "They share the folder of its stack; two at once would plan each other's stack.",
    next: "Wait until that one has ended, or end it, then run the command again.",
  },
  "state-locked": {
    what: "Somebody else is deploying the environment.",
    why: "Its state is locked; or a run that was killed left its lock behind.",
    next: "Wait for it to finish. If nobody is deploying, remove the lock with `terraform force-unlock`.",
  },
  "state-damaged": {
    what: "The local file with the state was cut off.",
    why: "Whatever wrote it was ended in the middle, or the disk was full.",
    next: "Put back its backup or another copy, as the message says.",
  },
  "state-unsaved": {
    what: "An earlier deploy could not write its state, and left it next to the stack.",
    why: "The backend refused it. Deploying without that state would create everything a second time.",
    next: "Upload it with the command in the message, then plan again.",
  },
  "state-unreadable": {
    what: "The state cannot be read.",
    why: "Terraform's own message follows.",
    next: "Fix what it names, then run the command again.",
  },
  "state-readable": {
    what: "Others can read a state that holds secrets, and that cannot be changed.",
    why: "It belongs to another user.",
    next: "Have its owner run `chmod go=` on it, or move it elsewhere.",
  },
  "state-elsewhere": {
    what: "A variable makes Terraform use a state other than the environment's.",
    why: "`TF_WORKSPACE` or `TF_CLI_ARGS…` is set.",
    next: "Unset it, and write where the state is in the environment's `backend`.",
  },
  "token-missing": {
    what: "There is no Cloudflare API token.",
    why: "`CLOUDFLARE_API_TOKEN` is not set.",
    next: "Create a token with the permissions that the README lists, and export it.",
  },
  "token-refused": {
    what: "Cloudflare refuses the API token.",
    why:
      "It is mistyped, has expired or was revoked, or it lacks a permission on the environment's " +
      "account or zones.",
    next: "Create a token with the permissions that the README lists, and export it as `CLOUDFLARE_API_TOKEN`.",
  },
  "cloudflare-refused": {
    what: "What is in the account cannot be read from Cloudflare.",
    why: "The token cannot read it, the network is down, or Cloudflare has a problem.",
    next: "Give the token the permission that the message names, or try again later.",
  },
  "account-too-large": {
    what: "The account has more objects of a kind than are read here.",
    why: "The token sees many accounts or zones.",
    next: "Use a token that is limited to the account and the zones of the connector.",
  },
  "cloudflare-unreachable": {
    what: "Cloudflare does not answer.",
    why: "The network is down, or `CLOUDFLARE_BASE_URL` points elsewhere.",
    next: "Check both, then run the command again.",
  },
  "zone-unknown": {
    what: "The token cannot see a zone named of this name.",
    why: "`zoneName` is misspelt, or the token is for another account.",
    next: "Correct `zoneName`, or give the token `Zone · Zone · Read` on it.",
  },
} as const satisfies ErrorEntries;

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
    why: "The stacks use what came with the version that the message names.",
    next: "Update it, or name another one in `TERRAFORM_BINARY_NAME`.",
  },
  "terraform-unusable": {
    what: "What should be Terraform does not tell its version.",
    why: "`TERRAFORM_BINARY_NAME` names another program, or it does not run on this machine.",
    next: "Mend that, or name another one in `TERRAFORM_BINARY_NAME`.",
  },
  "terraform-killed": {
    what: "Terraform was ended from outside before it could change anything.",
    why: "Most often the system ends it because there is too little memory.",
    next: "Mend what ended it, and run the command again.",
  },
  "provider-missing": {
    what: "Terraform cannot find its Cloudflare provider.",
    why: "The Terraform registry is out of reach, and the provider is not installed here.",
    next: "Give it the registry, or a mirror in the file that `TF_CLI_CONFIG_FILE` names. `npm run preview` needs neither Terraform nor the provider.",
  },
  "init-failed": {
    what: "Terraform cannot get the stack ready.",
    why: "Its own words follow.",
    next: "Mend what it says, and run the command again.",
  },
  "backend-changed": {
    what: "The state is in another place than it was.",
    why: "`backend` of the environment was changed. Planning without the old state would make everything a second time.",
    next: "Take the state along with `terraform init -migrate-state` in the stack's folder.",
  },
  "plan-failed": {
    what: "Terraform made no plan.",
    why: "Its own words follow.",
    next: "Mend what it says, and plan again.",
  },
  "plan-stopped": {
    what: "The plan stopped before its end, and nothing was changed.",
    why: "Its own words follow.",
    next: "Mend what it says, and run the command again.",
  },
  "refresh-failed": {
    what: "What was deployed cannot be compared with the account.",
    why: "Its own words follow.",
    next: "Mend what it says, and run the command again.",
  },
  "state-locked": {
    what: "Somebody else is deploying the environment.",
    why: "Its state is locked; or a run that was killed has left its lock behind.",
    next: "Wait for that to end. If nobody is deploying, remove the lock with `terraform force-unlock`.",
  },
  "state-unsaved": {
    what: "An earlier deploy could not write its state, and left it beside the stack.",
    why: "The backend refused it. Deploying without that state would make everything a second time.",
    next: "Push it to its place with the command in the message, then plan again.",
  },
  "state-unreadable": {
    what: "The state cannot be read.",
    why: "Terraform's own words follow.",
    next: "Mend what it says, and run the command again.",
  },
  "state-readable": {
    what: "A state that holds secrets may be read by others, and that cannot be changed.",
    why: "It belongs to another user.",
    next: "Let its owner close it with `chmod go=`, or move it away.",
  },
  "state-elsewhere": {
    what: "An environment variable leads Terraform to another state than the environment's.",
    why: "`TF_WORKSPACE` or `TF_CLI_ARGS…` is set.",
    next: "Unset it, and write where the state is into `backend` of the environment.",
  },
  "token-missing": {
    what: "There is no Cloudflare API token.",
    why: "`CLOUDFLARE_API_TOKEN` is not set.",
    next: "Make a token with the permissions that the README lists, and export it.",
  },
  "token-refused": {
    what: "Cloudflare refuses the API token.",
    why: "It is mistyped, has expired or was revoked, or it lacks a permission on the environment's account or zones.",
    next: "Make a token with the permissions that the README lists, and export it as `CLOUDFLARE_API_TOKEN`.",
  },
  "cloudflare-refused": {
    what: "Cloudflare does not tell what is in the account.",
    why: "The token may not read it, the network is down, or Cloudflare has a problem.",
    next: "Give the token the permission that the message names, or try again later.",
  },
  "cloudflare-unreachable": {
    what: "Cloudflare does not answer.",
    why: "The network is down, or `CLOUDFLARE_BASE_URL` leads elsewhere.",
    next: "Check both, then run the command again.",
  },
  "zone-unknown": {
    what: "The token sees no zone of this name.",
    why: "`zoneName` is misspelt, or the token is for another account.",
    next: "Correct `zoneName`, or give the token `Zone · Zone · Read` on it.",
  },
} as const satisfies ErrorEntries;

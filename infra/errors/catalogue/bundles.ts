import type { ErrorEntries } from "../entry.ts";

/** Errors of the place where the state and the deployed bundles are kept. */
export const BUNDLE_ERRORS = {
  "bundle-file": {
    what: "The Worker file is not the one that was planned, or is too large for Cloudflare.",
    why: "It was changed between the plan and the deploy.",
    next: "Build it again, then plan again.",
  },
  "package-damaged": {
    what: "The Worker in the installed package is not the one that was published.",
    why: "A file of the package was changed or is missing. Nothing was deployed.",
    next: "Install the package again: `npm install --force queueit-cloudflare`.",
  },
  "bundle-missing": {
    what: "The bundle is not stored.",
    why: "Only bundles deployed with `queueit-cf deploy` are.",
    next: "Deploy from a checkout that builds it.",
  },
  "bundle-changed": {
    what: "A stored bundle is no longer what was stored.",
    why: "Somebody changed its bytes. Nothing was deployed.",
    next: "Find out who can write there, and deploy from a checkout that builds the bundle.",
  },
  "bundles-too-large": {
    what: "A file among the stored bundles is larger than anything stored there.",
    why: "Somebody changed it. Nothing was deployed.",
    next: "Find out who can write there, move the file elsewhere, and deploy from a checkout that builds the bundle.",
  },
  "bundles-contended": {
    what: "The record of the bundles could not be written.",
    why: "Other deploys keep writing to it.",
    next: "Let them finish, then run the command again.",
  },
  "bundles-locked": {
    what: "Another process has been writing to the bundles for too long.",
    why: "A deploy hangs.",
    next: "Stop it, and run the command again.",
  },
  "bundles-unusable": {
    what: "The folder of the bundles cannot be read or written.",
    why: "It belongs to another user, is read-only, or the disk is full.",
    next: "Give this user the right to read and write in it.",
  },
  "history-broken": {
    what: "The record of what an environment ran is damaged.",
    why: "Somebody changed it. It is left as it is.",
    next: "Repair it, or move it elsewhere to start over.",
  },
  "not-recorded": {
    what: "The environment was deployed, but its bundle is not recorded, so no rollback will find it.",
    why: "The bundle store refused the record.",
    next: "Fix the cause, then deploy again.",
  },
  "aws-file-relative": {
    what: "A variable names an AWS file by a path that Terraform resolves to another file.",
    why: "Terraform runs in another folder.",
    next: "Write the absolute path, beginning with `/`.",
  },
  "aws-file-unreadable": {
    what: "An AWS file cannot be read, and Terraform stops at it too.",
    why:
      "The path in `AWS_CONFIG_FILE`, `AWS_SHARED_CONFIG_FILE` or `AWS_SHARED_CREDENTIALS_FILE` does " +
      "not lead to a file.",
    next: "Fix the path, or unset the variable.",
  },
  "bucket-credentials-missing": {
    what: "There are no credentials for the bucket that holds the state and the bundles.",
    why: "`AWS_ACCESS_KEY_ID` or `AWS_SECRET_ACCESS_KEY` is not set.",
    next: "Export both. In R2 they come with a token with `Object Read & Write`.",
  },
  "bucket-credentials-unclean": {
    what: "The credentials of the bucket contain a character that a credential never has.",
    why: "A space or a line break was copied with them.",
    next: "Copy them again, on one line.",
  },
  "bucket-credentials-refused": {
    what: "The bucket that holds the state refuses the credentials.",
    why: "They are mistyped, were revoked, or belong to another account.",
    next: "Export the right `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.",
  },
  "bucket-without-locks": {
    what: "The bucket overwrites an object although the request forbids it, so the lock of the state would not lock.",
    why: "The store does not know conditional writes, or a proxy before it drops their headers. Nothing was deployed.",
    next: "Keep the state in R2, in Amazon S3 or in a store that supports `If-None-Match` and `If-Match`.",
  },
  "bucket-forbidden": {
    what: "The credentials are not allowed to do this with the objects in the bucket.",
    why: "They lack a permission.",
    next: "Give them the one that the message names.",
  },
  "bucket-refused": {
    what: "The bucket refuses a call.",
    why: "Its name or region is wrong, it is not there, or the credentials belong to another one.",
    next: "Correct `backend` of the environment, or the credentials, as the message says.",
  },
  "bucket-unreachable": {
    what: "The store of the bucket does not answer.",
    why: "The network or the store is down, or its address is wrong.",
    next: "Check the network and the store's status page, then run the command again.",
  },
  "bucket-endpoint": {
    what: "The address of the object store is not valid.",
    why: "A variable or the AWS profile holds something else.",
    next: "Write it as `https://s3.example.com`, without a user, password or query.",
  },
  "bucket-switch": {
    what: "A switch of the AWS settings is neither `true` nor `false`.",
    why: "Terraform accepts nothing else.",
    next: "Write one of the two, or unset it.",
  },
} as const satisfies ErrorEntries;

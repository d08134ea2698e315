import type { ErrorEntries } from "../entry.ts";

const MAKE_ONE = "Make one with `terraform show -json <plan file> > plan.json`.";

/** Errors of plans that are to be reported. */
export const PLAN_ERRORS = {
  "plan-unreadable": {
    what: "The plan file cannot be read.",
    why: "It is not there, this user cannot read it, or it is not a file of a sensible size.",
    next: "Name the file that `terraform show -json` was written to, or `-` for the standard input.",
  },
  "plan-encoding": {
    what: "The plan is not UTF-8, as Terraform writes it.",
    why: "Something between Terraform and this program changed it.",
    next: `Put nothing in between. ${MAKE_ONE}`,
  },
  "plan-empty": {
    what: "The plan is empty.",
    why: "The command that should have written it failed, or wrote nothing.",
    next: MAKE_ONE,
  },
  "plan-binary": {
    what: "The file is a saved plan in Terraform's own form, which only Terraform reads.",
    why: "`terraform plan -out` wrote it.",
    next: MAKE_ONE,
  },
  "plan-log": {
    what: "The file is the log of a plan, and not a plan.",
    why: "`terraform plan -json` wrote it.",
    next: MAKE_ONE,
  },
  "plan-state": {
    what: "The file is a state, and not a plan.",
    why: "It was copied from the backend, or `terraform show -json` was given no plan file.",
    next: MAKE_ONE,
  },
  "plan-not-json": {
    what: "The file is not JSON, or only the beginning of it.",
    why: "It is another file, or it was cut off on its way.",
    next: MAKE_ONE,
  },
  "plan-too-deep": {
    what: "The JSON is nested deeper than any Terraform plan.",
    why: "Something else wrote it.",
    next: MAKE_ONE,
  },
  "plan-foreign": {
    what: "The JSON does not have the structure of a plan.",
    why: "Another tool wrote it, or it was changed by hand.",
    next: MAKE_ONE,
  },
  "plan-version": {
    what: "The plan has a format that this program does not read.",
    why: "A newer or much older Terraform wrote it, or something changed it.",
    next: "Update this program, or plan with a Terraform that the README names.",
  },
  "plan-unknown-action": {
    what:
      "The plan does something to an object that this program does not know, so it cannot say what " +
      "the plan means for visitors.",
    why: "A newer Terraform wrote it.",
    next: "Update this program, or plan with a Terraform that the README names. Do not apply the plan unread.",
  },
  "plan-contradiction": {
    what: "The plan contradicts itself about an object.",
    why: "It was changed after Terraform wrote it, or written by a Terraform that this program does not know.",
    next: "Plan again, and do not apply this plan unread.",
  },
  "plan-duplicate": {
    what: "The plan has two changes of the same object, and which one counts is unclear.",
    why: "It was changed after Terraform wrote it.",
    next: `Plan again. ${MAKE_ONE}`,
  },
  "plan-report-invalid": {
    what: "The file is not the JSON report of a plan.",
    why: "It is another file, or a report of an earlier version.",
    next: "Give the file that `npx queueit-cf plan <environment> --json --out <file>` wrote.",
  },
  "plan-report-foreign": {
    what: "The report is for another environment.",
    why: "Two jobs of a workflow wrote to the same file, or the wrong one was named.",
    next: "Give the report for the environment that you named.",
  },
  reviewed: {
    what: "`--reviewed` was given neither a digest nor a report.",
    why: "The digest was not copied in full, or the file is not a report made with `--json`.",
    next: "Copy the digest from the last line of the report that was reviewed.",
  },
  "plan-key-missing": {
    what: "The key that comments and digests are signed with is not set.",
    why: "Anybody with write access to a repository can edit a comment, so only a signed one counts.",
    next: "Set `QUEUEIT_PLAN_KEY`. Make one with `openssl rand -hex 32`.",
  },
  "plan-key-short": {
    what: "`QUEUEIT_PLAN_KEY` is short enough to be guessed.",
    why: "With it, anybody could sign a plan's comment and test guesses at secrets.",
    next:
      "Make one with `openssl rand -hex 32`, and set the same one everywhere plans are made, reviewed " +
      "and deployed.",
  },
} as const satisfies ErrorEntries;

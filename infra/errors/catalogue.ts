import { ADOPT_ERRORS } from "./catalogue/adopting.ts";
import { BUNDLE_ERRORS } from "./catalogue/bundles.ts";
import { COMMAND_LINE_ERRORS } from "./catalogue/command-line.ts";
import { CONFIGURATION_ERRORS } from "./catalogue/configuration.ts";
import { DEPLOY_ERRORS } from "./catalogue/deploying.ts";
import { ENVIRONMENT_ERRORS } from "./catalogue/environments.ts";
import { EXPORT_ERRORS } from "./catalogue/exporting.ts";
import { GITHUB_ERRORS } from "./catalogue/github.ts";
import { INIT_ERRORS } from "./catalogue/initial.ts";
import { LOCAL_ERRORS } from "./catalogue/local.ts";
import { PLAN_ERRORS } from "./catalogue/plans.ts";
import { SWITCH_ERRORS } from "./catalogue/switching.ts";
import { REHEARSAL_ERRORS } from "./catalogue/rehearsing.ts";
import { TERRAFORM_ERRORS } from "./catalogue/terraform.ts";

/** Every error that a command ends with, in the order of `docs/errors.md`. */
export const CATALOGUE = {
  "The command itself": COMMAND_LINE_ERRORS,
  Environments: ENVIRONMENT_ERRORS,
  Plans: PLAN_ERRORS,
  "Terraform, the state and Cloudflare": TERRAFORM_ERRORS,
  "Writing an environment": INIT_ERRORS,
  "Adopting what exists": ADOPT_ERRORS,
  "Bundles and buckets": BUNDLE_ERRORS,
  "Deploying, promoting, rolling back": DEPLOY_ERRORS,
  "The switch": SWITCH_ERRORS,
  "Exports for other tools": EXPORT_ERRORS,
  "Integration configurations": CONFIGURATION_ERRORS,
  "The local Cloudflare and the preview": LOCAL_ERRORS,
  Rehearsals: REHEARSAL_ERRORS,
  GitHub: GITHUB_ERRORS,
} as const;

type Sections = typeof CATALOGUE;

/** Stable identifier of an error: what it means, why it happens and what to do stands in the catalogue. */
export type ErrorCode = { [Name in keyof Sections]: keyof Sections[Name] }[keyof Sections];

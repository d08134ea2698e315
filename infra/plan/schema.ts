import { z } from "zod";

// The JSON output of `terraform show -json` and `tofu show -json`, format 1:
// https://developer.hashicorp.com/terraform/internals/json-format. Only what is used; the rest may be there.

const change = z.object({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]).catch("managed"),
  type: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});

const resourceValues = z.object({
  address: z.string(),
  mode: z.enum(["managed", "data"]).catch("managed"),
  type: z.string(),
  values: z.record(z.string(), z.unknown()).nullish(),
  sensitive_values: z.unknown().optional(),
});

const valuesModule = z.object({
  resources: z.array(resourceValues).default([]),
  get child_modules() {
    return z.array(valuesModule).default([]);
  },
});

const configurationModule = z.object({
  resources: z
    .array(
      z.object({ address: z.string(), expressions: z.record(z.string(), z.unknown()).default({}) }).loose(),
    )
    .default([]),
  variables: z.record(z.string(), z.object({ sensitive: z.boolean().default(false) })).default({}),
});

const state = z.object({ root_module: valuesModule.optional() });

const check = z.object({
  address: z.object({ to_display: z.string().default("a condition") }),
  status: z.string(),
  instances: z.array(z.object({ problems: z.array(z.object({ message: z.string() })).nullish() })).nullish(),
});

export const PLAN = z.object({
  format_version: z.string(),
  terraform_version: z.string().default("unknown"),
  errored: z.boolean().default(false),
  complete: z.boolean().default(true),
  variables: z.record(z.string(), z.object({ value: z.unknown().optional() })).default({}),
  planned_values: state.default({}),
  prior_state: z.object({ values: state.optional() }).default({}),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
  configuration: z.object({ root_module: configurationModule.optional() }).default({}),
  checks: z.array(check).nullish(),
});

export type PlanJson = z.infer<typeof PLAN>;
export type ResourceChangeJson = z.infer<typeof resourceChange>;
export type ResourceValuesJson = z.infer<typeof resourceValues>;
export type ValuesModuleJson = z.infer<typeof valuesModule>;

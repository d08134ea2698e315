import { z } from "zod";

// The JSON output of `terraform show -json` and `tofu show -json`, format 1:
// https://developer.hashicorp.com/terraform/internals/json-format. Only what is used; the rest may be there.
// A word that decides what a plan means (an action, a mode, a status) is a closed list: one that is not known
// here is refused, since taking it for harmless could be wrong.

/** Attributes of an object: any name may be there, also one that every object of JavaScript inherits. */
const attributes = z.custom<Readonly<Record<string, unknown>>>(isNamed);

/** A map of the format itself. zod would drop a name that is `__proto__`, so it is refused. */
function named<T>(value: z.ZodType<T>) {
  return z
    .custom<Readonly<Record<string, unknown>>>((map) => isNamed(map) && !Object.hasOwn(map, "__proto__"))
    .pipe(z.record(z.string(), value));
}

function isNamed(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const change = z.object({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const mode = z.enum(["managed", "data"]);

const resourceChange = z.object({
  address: z.string().min(1),
  previous_address: z.string().optional(),
  mode,
  type: z.string().min(1),
  provider_name: z.string().optional(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: change.extend({ before: attributes.nullish(), after: attributes.nullish() }),
});

const resourceValues = z.object({
  address: z.string(),
  mode,
  type: z.string(),
  provider_name: z.string().optional(),
  values: attributes.nullish(),
  sensitive_values: z.unknown().optional(),
});

const valuesModule = z.object({
  resources: z.array(resourceValues).default([]),
  get child_modules() {
    return z.array(valuesModule).default([]);
  },
});

const configurationModule = z.object({
  resources: z.array(z.object({ address: z.string(), expressions: attributes.default({}) })).default([]),
  variables: named(z.object({ sensitive: z.boolean().default(false) })).default({}),
});

const state = z.object({ root_module: valuesModule.optional() });

const status = z.enum(["pass", "fail", "error", "unknown"]);

const check = z.object({
  address: z.object({ to_display: z.string().default("a condition") }),
  status,
  instances: z
    .array(
      z.object({
        status: status.default("pass"),
        problems: z.array(z.object({ message: z.string() })).nullish(),
      }),
    )
    .nullish(),
});

export const PLAN = z.object({
  format_version: z.string(),
  terraform_version: z.string().default("unknown"),
  errored: z.boolean().default(false),
  complete: z.boolean().default(true),
  applyable: z.boolean().default(true),
  variables: named(z.object({ value: z.unknown().optional() })).default({}),
  planned_values: state.default({}),
  prior_state: z.object({ values: state.optional() }).default({}),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  deferred_changes: z.array(z.unknown()).default([]),
  output_changes: named(change).default({}),
  configuration: z.object({ root_module: configurationModule.optional() }).default({}),
  checks: z.array(check).nullish(),
});

/**
 * Parts of the format that are read here, or that change nothing; in a plan with others there may be more to
 * it.
 */
export const KNOWN_PARTS: ReadonlySet<string> = new Set([
  ...Object.keys(PLAN.shape),
  "relevant_attributes",
  "timestamp",
]);

export type PlanJson = z.infer<typeof PLAN>;
export type ChangeJson = z.infer<typeof change>;
export type ResourceChangeJson = z.infer<typeof resourceChange>;
export type ResourceValuesJson = z.infer<typeof resourceValues>;
export type ValuesModuleJson = z.infer<typeof valuesModule>;

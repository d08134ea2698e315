import { UserError } from "../errors.ts";
import { Masking } from "./masking.ts";
import type { FailedCheck, Operation, Plan, PlannedOutput, PlannedResource } from "./plan.ts";
import {
  PLAN,
  type PlanJson,
  type ResourceChangeJson,
  type ResourceValuesJson,
  type ValuesModuleJson,
} from "./schema.ts";
import type { PlanObject } from "./value.ts";

const HOW = "Make one with: terraform show -json <plan file> > plan.json";

/**
 * Reads what `terraform show -json <plan file>` or `tofu show -json <plan file>` printed. From here on no secret
 * is in clear.
 *
 * @throws UserError when it is something else, cut off, or of a format that is not known. It quotes nothing of it.
 */
export function parsePlan(text: string): Plan {
  const value = parseJson(text);
  requirePlan(value);
  const parsed = PLAN.safeParse(value);
  if (!parsed.success) {
    const places = parsed.error.issues
      .slice(0, 3)
      .map(({ path }) => path.filter(isSafeStep).join(".") || "the whole");
    throw refuse("plan-foreign", `It says it is a plan, but is not formed like one at ${places.join(", ")}.`);
  }
  return planOf(parsed.data);
}

function parseJson(text: string): unknown {
  if (text.trim() === "") throw refuse("plan-empty", "It is empty.");
  if (text.startsWith("PK")) {
    throw refuse("plan-binary", "It is a saved plan in Terraform's own form, which only Terraform reads.");
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    const first = text.split("\n", 1)[0] ?? "";
    if (first.includes('"@level"')) {
      throw refuse("plan-log", "It is the log of terraform plan -json, not a plan.");
    }
    const cut = text.trimStart().startsWith("{");
    throw refuse("plan-not-json", cut ? "It begins like JSON but is cut off or damaged." : "It is not JSON.");
  }
}

function requirePlan(value: unknown): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse("plan-foreign", "It is JSON, but no plan.");
  }
  if ("lineage" in value && "serial" in value) throw refuse("plan-state", "It is a state file, not a plan.");
  if (!("format_version" in value) || typeof value.format_version !== "string") {
    throw refuse("plan-foreign", "It is JSON, but no plan: it has no format_version.");
  }
  const [, major] = /^(\d+)\.\d+$/.exec(value.format_version) ?? [];
  if (major !== "1") {
    const version = /^[\d.]{1,12}$/.test(value.format_version) ? value.format_version : "an unknown one";
    throw refuse(
      "plan-version",
      `Its format is ${version}, and this program reads format 1. Update queueit-cf, or use a Terraform it knows.`,
    );
  }
  if ("provider_schemas" in value) throw refuse("plan-foreign", "It is a provider schema, not a plan.");
  if (!("planned_values" in value) && !("resource_changes" in value)) {
    throw refuse(
      "values" in value ? "plan-state" : "plan-foreign",
      "values" in value
        ? "It is the JSON of a state, not of a plan."
        : "It has no changes and no planned values.",
    );
  }
}

function refuse(code: string, what: string): UserError {
  return new UserError(code, `This is no plan that can be reported. ${what} ${HOW}`);
}

/** Names of the format itself may be printed; keys of maps inside it are the user's. */
function isSafeStep(step: PropertyKey): boolean {
  return typeof step === "number" || (typeof step === "string" && /^[a-z_]{1,30}$/.test(step));
}

function planOf(json: PlanJson): Plan {
  const masking = new Masking(secretsOf(json));
  const changed = json.resource_changes.map((change) => resourceOf(change, masking));
  const addresses = new Set(changed.map(({ address }) => address));
  return {
    formatVersion: json.format_version,
    terraformVersion: json.terraform_version,
    errored: json.errored,
    complete: json.complete,
    resources: [...changed, ...untouched(json, masking).filter(({ address }) => !addresses.has(address))],
    drift: json.resource_drift.map((change) => resourceOf(change, masking)),
    outputs: Object.entries(json.output_changes).map(([name, change]): PlannedOutput => {
      const { before, after } = change;
      return {
        name,
        operation: operationOf(change.actions),
        before: masking.value(before, { sensitive: change.before_sensitive, unknown: false }),
        after: masking.value(after, { sensitive: change.after_sensitive, unknown: change.after_unknown }),
      };
    }),
    failedChecks: failedChecks(json, masking),
    constants: constantsOf(json, masking),
  };
}

/** Values that must not be printed wherever they turn up: sensitive variables and secret bindings. */
function secretsOf(json: PlanJson): readonly string[] {
  const declared = json.configuration.root_module?.variables;
  const variables = Object.entries(json.variables).flatMap(([name, { value }]) =>
    // A variable that the configuration does not declare is taken for a secret: nothing says that it is none.
    declared?.[name]?.sensitive === false ? [] : textsIn(value),
  );
  const objects = [...json.resource_changes, ...json.resource_drift].flatMap(({ change }) => [
    change.before,
    change.after,
  ]);
  return [...variables, ...objects.flatMap(secretTexts)];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function secretTexts(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as { readonly type?: unknown; readonly text?: unknown };
  if (type === "secret_text" && typeof text === "string") return [text];
  return Object.values(value).flatMap(secretTexts);
}

function resourceOf(json: ResourceChangeJson, masking: Masking): PlannedResource {
  const { change } = json;
  const operation = operationOf(change.actions);
  return {
    address: json.address,
    mode: json.mode,
    type: json.type,
    operation,
    before: objectOf(change.before, change.before_sensitive, false, masking),
    after: objectOf(change.after, change.after_sensitive, change.after_unknown, masking),
    createsFirst: operation === "replace" && change.actions[0] === "create",
    reason: json.action_reason,
    importedId: change.importing ? (change.importing.id ?? "unknown") : undefined,
    previousAddress: json.previous_address === json.address ? undefined : json.previous_address,
    deposed: json.deposed,
  };
}

function objectOf(
  value: unknown,
  sensitive: unknown,
  unknown: unknown,
  masking: Masking,
): PlanObject | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return masking.object(value as Record<string, unknown>, { sensitive, unknown });
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  // Terraform 1.7 and later: the old object is only forgotten.
  "create,forget": "replace",
};

function operationOf(actions: readonly string[]): Operation {
  return OPERATIONS[actions.join()] ?? "other";
}

/** A plan that was limited to some targets leaves the others out of its changes; they are still deployed. */
function untouched(json: PlanJson, masking: Masking): readonly PlannedResource[] {
  const prior = new Map(valuesIn(json.prior_state.values?.root_module).map((item) => [item.address, item]));
  return valuesIn(json.planned_values.root_module).flatMap((planned): readonly PlannedResource[] => {
    const before = prior.get(planned.address);
    if (before === undefined) return [];
    return [
      {
        address: planned.address,
        mode: planned.mode,
        type: planned.type,
        operation: "no-op",
        before: objectOf(before.values, before.sensitive_values, false, masking),
        after: objectOf(planned.values, planned.sensitive_values, false, masking),
        createsFirst: false,
        reason: undefined,
        importedId: undefined,
        previousAddress: undefined,
        deposed: undefined,
      },
    ];
  });
}

function valuesIn(module: ValuesModuleJson | undefined): readonly ResourceValuesJson[] {
  if (module === undefined) return [];
  return [...module.resources, ...module.child_modules.flatMap(valuesIn)];
}

function failedChecks(json: PlanJson, masking: Masking): readonly FailedCheck[] {
  return (json.checks ?? []).flatMap(({ address, status, instances }) => {
    if (status !== "fail" && status !== "error") return [];
    const messages = (instances ?? []).flatMap(({ problems }) => problems ?? []);
    return [{ address: address.to_display, messages: messages.map(({ message }) => masking.text(message)) }];
  });
}

function constantsOf(json: PlanJson, masking: Masking): ReadonlyMap<string, PlanObject> {
  const resources = json.configuration.root_module?.resources ?? [];
  return new Map(
    resources.map(({ address, expressions }) => {
      const constants = Object.entries(expressions).flatMap(([name, expression]) => {
        const constant = constantOf(expression);
        return constant === undefined ? [] : [[name, constant] as const];
      });
      return [address, masking.object(Object.fromEntries(constants), { sensitive: false, unknown: false })];
    }),
  );
}

function constantOf(expression: unknown): unknown {
  if (typeof expression !== "object" || expression === null || Array.isArray(expression)) return undefined;
  const { constant_value: constant, references } = expression as Record<string, unknown>;
  return references === undefined ? constant : undefined;
}

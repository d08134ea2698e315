import { readDocument } from "./document.ts";
import { secretsOf } from "./known-secrets.ts";
import { Masking } from "./masking.ts";
import type { FailedCheck, Operation, Plan, PlannedOutput, PlannedResource } from "./plan.ts";
import type { PlanJson, ResourceChangeJson, ResourceValuesJson, ValuesModuleJson } from "./schema.ts";
import type { PlanObject } from "./value.ts";

/**
 * Reads what `terraform show -json <plan file>` or `tofu show -json <plan file>` printed. From here on no secret
 * is in clear.
 *
 * @throws UserError when it is something else, cut off, or of a format that is not known. It quotes nothing of it.
 */
export function parsePlan(text: string): Plan {
  return planOf(readDocument(text));
}

function planOf(json: PlanJson): Plan {
  const masking = new Masking(secretsOf(json));
  const changed = json.resource_changes.map((change) => resourceOf(change, masking));
  const addresses = new Set(changed.map(({ address }) => address));
  return {
    formatVersion: json.format_version,
    terraformVersion: masking.text(json.terraform_version),
    errored: json.errored,
    complete: json.complete,
    resources: [...changed, ...untouched(json, masking).filter(({ address }) => !addresses.has(address))],
    drift: json.resource_drift.map((change) => resourceOf(change, masking)),
    outputs: Object.entries(json.output_changes).map(([name, change]): PlannedOutput => {
      const { before, after } = change;
      return {
        name: masking.text(name),
        operation: operationOf(change.actions),
        before: masking.value(before, { sensitive: change.before_sensitive, unknown: false }),
        after: masking.value(after, { sensitive: change.after_sensitive, unknown: change.after_unknown }),
      };
    }),
    failedChecks: failedChecks(json, masking),
    constants: constantsOf(json, masking),
  };
}

function resourceOf(json: ResourceChangeJson, masking: Masking): PlannedResource {
  const { change } = json;
  const operation = operationOf(change.actions);
  return {
    address: masking.text(json.address),
    mode: json.mode,
    type: masking.text(json.type),
    operation,
    before: objectOf(change.before, change.before_sensitive, false, masking),
    after: objectOf(change.after, change.after_sensitive, change.after_unknown, masking),
    createsFirst: operation === "replace" && change.actions[0] === "create",
    reason: json.action_reason,
    importedId: change.importing ? masking.text(change.importing.id ?? "unknown") : undefined,
    previousAddress:
      json.previous_address === undefined || json.previous_address === json.address
        ? undefined
        : masking.text(json.previous_address),
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
    return [
      {
        address: masking.text(address.to_display),
        messages: messages.map(({ message }) => masking.text(message)),
      },
    ];
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

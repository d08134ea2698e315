import { UserError } from "../errors/user-error.ts";
import { type Document, readDocument } from "./document.ts";
import { secretsOf } from "./known-secrets.ts";
import { Masking } from "./masking.ts";
import { operationOf, requireSound, requireSoundOutput } from "./operation.ts";
import type { FailedCheck, Plan, PlannedOutput, PlannedResource } from "./plan.ts";
import type {
  ChangeJson,
  PlanJson,
  ResourceChangeJson,
  ResourceValuesJson,
  ValuesModuleJson,
} from "./schema.ts";
import type { PlanObject } from "./value.ts";

/**
 * Reads what `terraform show -json <plan file>` or `tofu show -json <plan file>` printed. From here on no
 * secret is in clear.
 *
 * @param secrets What is secret beside the plan's own secrets.
 * @throws UserError when it is something else, cut off, of a format that is not known, or does something that
 *   is not known here. It quotes nothing of it that may be secret.
 */
export function parsePlan(text: string, secrets: readonly string[] = []): Plan {
  return planOf(readDocument(text), secrets);
}

function planOf({ json, unknownParts }: Document, secrets: readonly string[]): Plan {
  const masking = new Masking([...secretsOf(json), ...secrets]);
  const changed = json.resource_changes.map((change) => resourceOf(change, masking));
  requireOnce(changed);
  const addresses = new Set(changed.map(({ address }) => address));
  const plan = {
    formatVersion: json.format_version,
    terraformVersion: masking.text(json.terraform_version),
    errored: json.errored,
    complete: json.complete && json.deferred_changes.length === 0,
    applyable: json.applyable,
    unknownParts: unknownParts.map((name) => masking.text(name)),
    resources: [...changed, ...untouched(json, masking).filter(({ address }) => !addresses.has(address))],
    drift: json.resource_drift.map((change) => resourceOf(change, masking)),
    outputs: Object.entries(json.output_changes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, change]) => outputOf(name, change, masking)),
    failedChecks: failedChecks(json, masking),
    openChecks: (json.checks ?? [])
      .filter(({ status }) => status === "unknown")
      .map(({ address }) => masking.text(address.to_display)),
    constants: constantsOf(json, masking),
  };
  return { ...plan, hiddenTexts: masking.hiddenTexts };
}

function outputOf(
  name: string,
  { actions, before, after, ...marks }: ChangeJson,
  masking: Masking,
): PlannedOutput {
  const shown = masking.text(name);
  const output: PlannedOutput = {
    name: shown,
    operation: operationOf(actions, `output.${shown}`),
    before: masking.value(before, { sensitive: marks.before_sensitive, unknown: false }),
    after: masking.value(after, { sensitive: marks.after_sensitive, unknown: marks.after_unknown }),
  };
  return requireSoundOutput(output, { before, after });
}

/** @throws UserError when two changes are of the same object: nobody could tell which of them counts. */
function requireOnce(resources: readonly PlannedResource[]): void {
  const seen = new Set<string>();
  for (const { address, deposed } of resources) {
    const key = JSON.stringify([address, deposed ?? null]);
    if (!seen.has(key)) {
      seen.add(key);
      continue;
    }
    throw new UserError(
      "plan-duplicate",
      `The plan has two changes of ${address}, and cannot be reported. Make it again with terraform plan and terraform show -json.`,
    );
  }
}

function resourceOf(json: ResourceChangeJson, masking: Masking): PlannedResource {
  const { change } = json;
  const address = masking.text(json.address);
  const operation = operationOf(change.actions, address);
  const resource: PlannedResource = {
    address,
    mode: json.mode,
    type: masking.text(json.type),
    provider: json.provider_name === undefined ? undefined : masking.text(json.provider_name),
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
  return requireSound(resource, change);
}

function objectOf(
  values: Readonly<Record<string, unknown>> | null | undefined,
  sensitive: unknown,
  unknown: unknown,
  masking: Masking,
): PlanObject | undefined {
  return values ? masking.object(values, { sensitive, unknown }) : undefined;
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
        provider: planned.provider_name,
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
    const statuses = [status, ...(instances ?? []).map((instance) => instance.status)];
    if (!statuses.some((each) => each === "fail" || each === "error")) return [];
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

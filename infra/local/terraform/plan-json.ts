import { isDeepStrictEqual } from "node:util";
import type { Stack } from "./read-stack.ts";
import type { Check } from "./conditions.ts";
import { configurationJson } from "./configuration-json.ts";
import type { OutputChange } from "./plan-outputs.ts";
import type { ResourceChange } from "./plan-resource.ts";
import type { StackPlan } from "./plan-stack.ts";
import type { Drift } from "./refresh.ts";
import { kindOf } from "./resources/table.ts";
import type { Values } from "./resources/values.ts";
import type { HeldResource, State } from "./state.ts";
import { parted } from "./value-marks.ts";

export interface PlanJsonInput {
  readonly stack: Stack;
  readonly plan: StackPlan;
  /** The state as the account is now. */
  readonly state: State;
  readonly drift: readonly Drift[];
  /** The provider's id of what the plan takes over, by address. */
  readonly importing: ReadonlyMap<string, string>;
}

const PROVIDER = "registry.terraform.io/cloudflare/cloudflare";

/**
 * The plan as `terraform show -json` would print it, format 1.2. It holds every secret in clear.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function planJson({ stack, plan, state, drift, importing }: PlanJsonInput): string {
  const { changes, outputs, checks, failures, mode } = plan;
  const isErrored = failures.length > 0;
  const sorted = [...changes].sort(byAddress);
  const isChanging =
    mode === "refresh-only"
      ? drift.length > 0
      : [...sorted.map(({ actions }) => actions[0]), ...outputs.map(({ action }) => action)].some(
          (action) => action !== "no-op",
        ) || importing.size > 0;
  return JSON.stringify({
    format_version: "1.2",
    // What made this is not a version of Terraform, and nobody should take it for one.
    terraform_version: "local",
    variables: Object.fromEntries(
      stack.variables.map(({ name }) => [name, { value: stack.values.get(`var.${name}`) }]),
    ),
    planned_values: {
      outputs: Object.fromEntries(
        outputs.flatMap(({ name, after }) =>
          after === undefined
            ? []
            : [[name, { sensitive: after.sensitive, value: parted(after.value).known }]],
        ),
      ),
      root_module: { resources: plannedResources(plan, state).sort(byAddress).map(resourceValues) },
    },
    resource_drift: [...drift].map(driftJson).sort(byAddress),
    resource_changes: sorted.map((change) => changeJson(change, importing.get(change.address))),
    output_changes: Object.fromEntries(outputs.map((change) => [change.name, outputJson(change)])),
    prior_state: {
      format_version: "1.0",
      terraform_version: "local",
      values: {
        outputs: Object.fromEntries(state.outputs),
        root_module: { resources: [...state.resources.values()].sort(byAddress).map(resourceValues) },
      },
    },
    configuration: configurationJson(stack, PROVIDER),
    checks: checks.map(checkJson),
    applyable: !isErrored && isChanging,
    complete: !isErrored,
    errored: isErrored,
  });
}

type Addressed = Pick<ResourceChange, "address" | "type">;

function byAddress(a: Pick<Addressed, "address">, b: Pick<Addressed, "address">): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}

function identity({ address, type }: Addressed) {
  return { address, mode: "managed", type, name: address.slice(type.length + 1), provider_name: PROVIDER };
}

type Planned = Addressed & { readonly values: Values };

function plannedResources({ mode, changes }: StackPlan, { resources }: State): Planned[] {
  if (mode === "refresh-only") return [...resources.values()];
  return changes.flatMap(({ address, type, after }) =>
    after === undefined ? [] : [{ address, type, values: after }],
  );
}

function resourceValues(planned: Planned | HeldResource) {
  const values = parted(planned.values).known;
  return { ...identity(planned), values, sensitive_values: sensitiveMarks(planned.type, planned.values) };
}

function changeJson(change: ResourceChange, importId?: string) {
  const { actions, before, after, reason, replacedFor } = change;
  const { known, unknown } = parted(after ?? null);
  return {
    ...identity(change),
    ...(reason !== undefined && { action_reason: reason }),
    change: {
      actions,
      before: before ?? null,
      after: known,
      after_unknown: unknown,
      before_sensitive: sensitiveMarks(change.type, before),
      after_sensitive: sensitiveMarks(change.type, after),
      ...(importId !== undefined && { importing: { id: importId } }),
      ...(replacedFor && { replace_paths: replacedFor.map((name) => [name]) }),
    },
  };
}

function sensitiveMarks(type: Addressed["type"], values: Values | undefined): unknown {
  if (values === undefined) return false;
  return kindOf(type).sensitive?.(values) ?? {};
}

function driftJson({ resource: { address, type, values }, now }: Drift) {
  const action = now === undefined ? "delete" : "update";
  return changeJson({ address, type, actions: [action], before: values, after: now });
}

function outputJson({ action, before, after }: OutputChange) {
  const { known, unknown } = parted(after?.value ?? null);
  return {
    actions: [action],
    before: before?.value ?? null,
    after: known,
    after_unknown: isDeepStrictEqual(unknown, {}) ? false : unknown,
    before_sensitive: before?.sensitive ?? false,
    after_sensitive: after?.sensitive ?? false,
  };
}

function checkJson({ kind, address, status, problems }: Check) {
  const instance = {
    address: { to_display: address },
    status,
    ...(problems.length > 0 && { problems: problems.map((message) => ({ message })) }),
  };
  return { address: { kind, to_display: address }, status, instances: [instance] };
}

import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import type { ReviewContext } from "../context.ts";
import { bindingsOf, isSecretBinding, routeOf, TYPES } from "../deployment.ts";
import { differences } from "../noise.ts";
import type { Plan, PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { without } from "../value.ts";
import { attributeLines } from "./attributes.ts";
import { bindingChanges } from "./bindings.ts";
import type { Change, DriftCause } from "./change.ts";
import { configurationDrift } from "./configuration-drift.ts";
import { ownerOf } from "./owner.ts";
import { switchedDrift } from "./switched-drift.ts";

/**
 * What was changed outside Terraform, as its refresh found it. What Cloudflare computes by itself is left
 * out.
 */
export function driftChanges(plan: Plan, context: ReviewContext): readonly Change[] {
  const owner = ownerOf(plan, context);
  return plan.drift.flatMap((resource): readonly Change[] => {
    const { address, before, after, type } = resource;
    if (after !== undefined && differences(type, before, after).length === 0) return [];
    const isConfiguration = type === TYPES.value && (after ?? before)?.["key_name"] === CONFIGURATION_KEY;
    const facts = isConfiguration
      ? configurationDrift(resource, owner)
      : (switchedDrift(resource, context) ?? {
          cause: causeOf(resource),
          sentence: words(resource),
          details: details(resource),
        });
    return [{ kind: "drift", effect: "drift", type, address, ...facts }];
  });
}

function causeOf({ before, after, type }: PlannedResource): DriftCause {
  if (after === undefined) return "deleted";
  if (type !== TYPES.script) return "edited";
  const [had, has] = [bindingsOf(before?.["bindings"]), bindingsOf(after["bindings"])];
  const isLost = [...had].some(([name, binding]) => isSecretBinding(binding) && !has.has(name));
  return isLost ? "secret-lost" : "edited";
}

function words({ address, before, after, type }: PlannedResource): Sentence {
  if (after !== undefined) return sentence`Changed outside Terraform: ${address}`;
  if (type === TYPES.namespace) {
    return sentence`KV namespace deleted outside Terraform, with the integration configuration in it: ${address}`;
  }
  const route =
    type === TYPES.route && before !== undefined ? routeOf(address, before, new Set()) : undefined;
  return route?.pattern === undefined
    ? sentence`Deleted outside Terraform: ${address}`
    : sentence`Route deleted outside Terraform: ${route.pattern}`;
}

function details({ address, before, after, type }: PlannedResource): readonly Sentence[] {
  if (after === undefined || type === TYPES.value) return [];
  if (type !== TYPES.script) return attributeLines(type, before, after);
  return [
    ...bindingChanges(address, before, after).map((change) => change.sentence),
    ...attributeLines(type, without(before, "bindings"), without(after, "bindings")),
  ];
}

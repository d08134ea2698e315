import { CONFIGURATION_KEY } from "../../../worker/variables.ts";
import { routeOf, TYPES } from "../deployment.ts";
import { differences } from "../noise.ts";
import type { Plan, PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { textOf, without } from "../value.ts";
import { attributeLines } from "./attributes.ts";
import { bindingChanges } from "./bindings.ts";
import type { Change } from "./change.ts";
import { readConfiguration } from "./configuration-diff.ts";

/** What was changed outside Terraform, as its refresh found it. What Cloudflare computes by itself is left out. */
export function driftChanges({ drift }: Plan): readonly Change[] {
  return drift.flatMap((resource): readonly Change[] => {
    const { address, before, after, type } = resource;
    if (after !== undefined && differences(type, before, after).length === 0) return [];
    return [
      { kind: "drift", effect: "drift", address, sentence: words(resource), details: details(resource) },
    ];
  });
}

function words({ address, before, after, type }: PlannedResource): Sentence {
  if (after === undefined) {
    const route = type === TYPES.route && before !== undefined ? routeOf(address, before) : undefined;
    return route?.pattern === undefined
      ? sentence`Deleted outside Terraform: ${address}`
      : sentence`Route deleted outside Terraform: ${route.pattern}`;
  }
  if (type === TYPES.value && after["key_name"] === CONFIGURATION_KEY) {
    const [was, is] = [before, after].map((values) => readConfiguration(textOf(values?.["value"]))?.version);
    return [
      `Integration configuration published since the last apply: version ${was ?? "unknown"} → ${is ?? "unknown"}`,
    ];
  }
  return sentence`Changed outside Terraform: ${address}`;
}

function details({ address, before, after, type }: PlannedResource): readonly Sentence[] {
  if (after === undefined || type === TYPES.value) return [];
  if (type !== TYPES.script) return attributeLines(type, before, after);
  return [
    ...bindingChanges(address, before, after).map((change) => change.sentence),
    ...attributeLines(type, without(before, "bindings"), without(after, "bindings")),
  ];
}

import { type DeployedRoute, routeOf } from "../deployment.ts";
import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { attributeLines } from "./attributes.ts";
import type { Change, RouteFact } from "./change.ts";
import { effectOf } from "./effect.ts";

/** What happens to a route, as a visitor of its pages would tell it. */
export function routeChanges(resource: PlannedResource, connectors: ReadonlySet<string>): readonly Change[] {
  const { address, before: old, after: wanted, type } = resource;
  const before = old && routeOf(address, old, connectors);
  const after = wanted && routeOf(address, wanted, connectors);
  return [
    {
      kind: "route",
      effect: effectOf(resource),
      address,
      before: before && factOf(before),
      after: after && factOf(after),
      sentence: words(before, after, resource),
      details:
        old && wanted
          ? attributeLines(type, { zone_id: old["zone_id"] ?? null }, { zone_id: wanted["zone_id"] ?? null })
          : [],
    },
  ];
}

function factOf({ kind, pattern, worker }: DeployedRoute): RouteFact {
  return { kind, pattern, ...(worker !== undefined && { worker }) };
}

function words(
  before: DeployedRoute | undefined,
  after: DeployedRoute | undefined,
  { operation }: PlannedResource,
): Sentence {
  if (before === undefined) {
    if (after === undefined) return ["A route changes in an unknown way"];
    return after.kind === "bypass"
      ? sentence`Now bypasses the waiting room: ${patternOf(after) + answeredBy(after)}`
      : sentence`Protection added to ${patternOf(after)}`;
  }
  if (operation === "forget") return sentence`Route stays, but Terraform forgets it: ${patternOf(before)}`;
  if (after === undefined) {
    return before.kind === "bypass"
      ? sentence`Bypass removed: ${patternOf(before)}`
      : sentence`Protection removed from ${patternOf(before)}`;
  }
  if (before.kind !== after.kind) {
    return after.kind === "bypass"
      ? sentence`Now bypasses the waiting room: ${patternOf(after) + answeredBy(after) + was(before, after)}`
      : sentence`Now protected, was bypassed: ${patternOf(after) + was(before, after)}`;
  }
  if (before.pattern !== after.pattern) {
    return before.kind === "bypass"
      ? sentence`Bypass moved: ${patternOf(before)} → ${patternOf(after)}`
      : sentence`Protection moved: ${patternOf(before)} → ${patternOf(after)}`;
  }
  if (before.script !== after.script && after.kind === "bypass") {
    return sentence`Bypass ${patternOf(after)} goes to ${targetOf(after)}, before to ${targetOf(before)}`;
  }
  if (before.script !== after.script) {
    return sentence`${patternOf(after)} goes to another Worker: ${before.script ?? "(none)"} → ${after.script ?? "(known after apply)"}`;
  }
  return before.kind === "bypass"
    ? sentence`Bypass ${patternOf(after)} keeps its pattern`
    : sentence`Protection of ${patternOf(after)} keeps its pattern`;
}

function patternOf({ pattern }: DeployedRoute): string {
  return pattern ?? "(known after apply)";
}

function answeredBy({ worker }: DeployedRoute): string {
  return worker === undefined ? "" : `, answered by the Worker ${worker}`;
}

function targetOf({ worker }: DeployedRoute): string {
  return worker === undefined ? "the site" : `the Worker ${worker}`;
}

function was(before: DeployedRoute, after: DeployedRoute): string {
  return before.pattern === after.pattern ? "" : ` (before: ${patternOf(before)})`;
}

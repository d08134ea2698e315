import { knownSwitches } from "../../specification/switches.ts";
import type { ReviewContext } from "../context.ts";
import { bindingsOf, routeOf, TYPES } from "../deployment.ts";
import { differences } from "../noise.ts";
import type { PlannedResource } from "../plan.ts";
import { sentence } from "../sentence.ts";
import { type PlanObject, sameValue, textOf, without } from "../value.ts";
import type { Change } from "./change.ts";

type DriftFacts = Pick<Extract<Change, { kind: "drift" }>, "cause" | "sentence" | "details">;
type Moments = Pick<PlannedResource, "address" | "type"> & {
  readonly before: PlanObject;
  readonly after: PlanObject;
};

/**
 * What the switch did, as a refresh finds it: nobody has to undo it by a deploy. Undefined for anything else. Where a
 * deploy was made while something was switched, the state has it so, and switching back shows up, too.
 */
export function switchedDrift(
  { type, address, before, after }: PlannedResource,
  context: ReviewContext,
): DriftFacts | undefined {
  if (before === undefined || after === undefined) return undefined;
  if (type === TYPES.route) return switchedRoute({ type, address, before, after }, context);
  return type === TYPES.script ? switchedMode({ type, address, before, after }, context) : undefined;
}

function switchedRoute(
  { address, before, after }: Moments,
  { switches, meant, workerName }: ReviewContext,
): DriftFacts | undefined {
  const connectors = new Set(workerName === undefined ? [] : [workerName]);
  const [was, is] = [routeOf(address, before, connectors), routeOf(address, after, connectors)];
  const { pattern } = is;
  if (pattern === undefined || was.pattern !== pattern) return undefined;
  const isOff =
    is.kind === "bypass" &&
    knownSwitches(switches).sites.some(({ routes }) =>
      routes.some(
        (route) => route.pattern === pattern && route.script === was.script && route.off === is.worker,
      ),
    );
  if (isOff) return { cause: "switched", sentence: sentence`Switched off: ${pattern}`, details: [] };
  const isBack =
    was.kind === "bypass" && is.script === workerName && meant?.protects.includes(pattern) === true;
  return isBack
    ? { cause: "switched", sentence: sentence`Switched on again: ${pattern}`, details: [] }
    : undefined;
}

function switchedMode(
  { type, before, after }: Moments,
  { switches, meant }: ReviewContext,
): DriftFacts | undefined {
  if (differences(type, without(before, "bindings"), without(after, "bindings")).length > 0) return undefined;
  const [had, has] = [bindingsOf(before["bindings"]), bindingsOf(after["bindings"])];
  const [only = "", ...others] = [...new Set([...had.keys(), ...has.keys()])].filter(
    (name) => !isSame(had.get(name), has.get(name)),
  );
  const [was, is] = [textOf(had.get(only)?.["text"]), textOf(has.get(only)?.["text"])];
  const wanted = knownSwitches(switches).failure?.mode ?? meant?.failure;
  // By its texts: a Worker from elsewhere may have another name for it.
  if (others.length > 0 || (was !== "open" && was !== "closed") || is === undefined || is !== wanted)
    return undefined;
  return { cause: "switched", sentence: sentence`Failure mode switched to ${is}`, details: [] };
}

function isSame(a: PlanObject | undefined, b: PlanObject | undefined): boolean {
  return a !== undefined && b !== undefined && sameValue(a, b);
}

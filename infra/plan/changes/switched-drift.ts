import { knownSwitches, type Switches } from "../../specification/switches.ts";
import { bindingsOf, routeOf, TYPES } from "../deployment.ts";
import { differences } from "../noise.ts";
import type { PlannedResource } from "../plan.ts";
import { sentence } from "../sentence.ts";
import { type PlanObject, sameValue, textOf, without } from "../value.ts";
import type { Change } from "./change.ts";

type DriftFacts = Pick<Extract<Change, { kind: "drift" }>, "cause" | "sentence" | "details">;

/** What the switch did, as a refresh finds it: it is no drift, and has a note. Undefined for anything else. */
export function switchedDrift(
  { type, address, before, after }: PlannedResource,
  switches: Switches | string | undefined,
): DriftFacts | undefined {
  if (before === undefined || after === undefined) return undefined;
  const { sites, failure } = knownSwitches(switches);
  if (type === TYPES.route) {
    const [was, is] = [routeOf(address, before), routeOf(address, after)];
    const off = sites.flatMap(({ routes, leading }) =>
      routes.filter(({ pattern }) => !leading.includes(pattern)),
    );
    const isSwitched =
      was.pattern === is.pattern &&
      is.kind === "bypass" &&
      off.some(({ pattern, script }) => pattern === is.pattern && script === was.script);
    if (!isSwitched || is.pattern === undefined) return undefined;
    return { cause: "switched", sentence: sentence`Switched off: ${is.pattern}`, details: [] };
  }
  if (type !== TYPES.script || failure === undefined) return undefined;
  if (differences(type, without(before, "bindings"), without(after, "bindings")).length > 0) return undefined;
  const [had, has] = [bindingsOf(before["bindings"]), bindingsOf(after["bindings"])];
  const names = [...new Set([...had.keys(), ...has.keys()])];
  const changed = names.filter((name) => !isSame(had.get(name), has.get(name)));
  const [only = "", ...others] = changed;
  const [was, is] = [textOf(had.get(only)?.["text"]), textOf(has.get(only)?.["text"])];
  // By its texts: a Worker from elsewhere may have another name for it.
  const isMode = (was === "open" || was === "closed") && is === failure.mode;
  if (others.length > 0 || !isMode) return undefined;
  return { cause: "switched", sentence: sentence`Failure mode switched to ${failure.mode}`, details: [] };
}

function isSame(a: PlanObject | undefined, b: PlanObject | undefined): boolean {
  return a !== undefined && b !== undefined && sameValue(a, b);
}

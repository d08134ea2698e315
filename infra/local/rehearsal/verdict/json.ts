import { toJson } from "../../../plan/report/json.ts";
import type { Rehearsal } from "../rehearsal.ts";
import { isBroken, type Verdict } from "./verdict.ts";

/**
 * Which form it has. Rises when a property changes its meaning or goes away; a new property does not raise it.
 */
export const SCHEMA = "queueit-cf/rehearse/1";

/** The verdict for programs, with what it is made of: the shape is documented in docs/rehearsal/verdict.md. */
export function verdictJson(rehearsal: Rehearsal, verdict: Verdict): string {
  const { momentMs, timeline, events, kinds, borrowed, askedElsewhere, cpuMs, peakMemory } = rehearsal;
  const measured = { momentMs, timeline, events, kinds, borrowed, askedElsewhere, cpuMs, peakMemory };
  return toJson({ schema: SCHEMA, passed: !isBroken(verdict), ...verdict, ...measured });
}

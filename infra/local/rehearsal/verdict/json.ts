import { toJson } from "../../../plan/report/json.ts";
import { inFormat } from "../../../json/format.ts";
import type { Rehearsal } from "../rehearsal.ts";
import { REHEARSE } from "./rehearse-format.ts";
import { isBroken, type Verdict } from "./verdict.ts";

/** The verdict for programs, with what it is made of. */
export function verdictJson(rehearsal: Rehearsal, verdict: Verdict): string {
  const { momentMs, timeline, events, kinds, borrowed, askedElsewhere, cpuMs, peakMemory } = rehearsal;
  const measured = { momentMs, timeline, events, kinds, borrowed, askedElsewhere, cpuMs, peakMemory };
  return toJson(inFormat(REHEARSE, { passed: !isBroken(verdict), ...verdict, ...measured }));
}

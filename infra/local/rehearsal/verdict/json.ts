import { toJson } from "../../../plan/report/json.ts";
import { isBroken, type Verdict } from "./verdict.ts";

/**
 * Which form it has. Rises when a property changes its meaning or goes away; a new property does not raise it.
 */
export const SCHEMA = "queueit-cf/rehearsal/1";

/** The verdict for programs: the shape is documented in docs/rehearsal/README.md. */
export function verdictJson(verdict: Verdict): string {
  return toJson({ schema: SCHEMA, passed: !isBroken(verdict), ...verdict });
}

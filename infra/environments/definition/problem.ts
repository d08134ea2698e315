import type { ProblemCode } from "../../errors/problem-codes.ts";
import { show } from "../../text/show.ts";

/** One thing that is wrong, or suspicious, in an environment. */
export interface Problem {
  /** An error stops every command; a warning stops none. */
  readonly severity: "error" | "warning";
  /** Stable identifier, for documentation and `--json`. */
  readonly code: ProblemCode;
  /** Name of the environment. */
  readonly environment: string;
  /** Where in the environment, for example `sites[0].bypass[1]`; empty for the environment itself. */
  readonly path: string;
  /**
   * The offending value, fit to be printed: escaped, shortened, never a secret. Undefined when it says
   * nothing.
   */
  readonly value: string | undefined;
  /** What is wrong; continues "the value …". */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A problem before it is known which environment it is in. */
export type Finding = Omit<Problem, "environment">;

/** An error found at a place, with the value that is there. */
export function errorAt(
  path: string,
  code: ProblemCode,
  value: unknown,
  what: string,
  remedy: string,
): Finding {
  return { severity: "error", code, path, value: show(value), what, remedy };
}

/** A warning found at a place, with the value that is there. */
export function warningAt(
  path: string,
  code: ProblemCode,
  value: unknown,
  what: string,
  remedy: string,
): Finding {
  return { ...errorAt(path, code, value, what, remedy), severity: "warning" };
}

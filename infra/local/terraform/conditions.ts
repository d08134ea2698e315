import { z } from "zod";
import { type Reference, UnsupportedExpression, resolve } from "./expression.ts";
import type { Condition } from "./meta.ts";
import { stackError } from "./stack-error.ts";

type LookUp = (reference: Reference) => unknown;

/** Something that the stack wants to hold, and whether it does. */
export interface Check {
  readonly kind: "resource" | "var";
  /** Of the resource or the variable. */
  readonly address: string;
  /** `unknown` when it could not be asked. */
  readonly status: "pass" | "fail" | "unknown";
  /** What is said of each condition that does not hold. */
  readonly problems: readonly string[];
}

/**
 * Checks the conditions of a resource or variable.
 *
 * @throws UserError `local-stack` for a condition of a form that stacks do not write.
 */
export function check(
  kind: Check["kind"],
  address: string,
  conditions: readonly Condition[],
  lookUp: LookUp,
): Check {
  try {
    const problems = conditions
      .filter(({ condition }) => !holds(condition, lookUp))
      .map(({ message }) => String(resolve(message, lookUp)));
    return { kind, address, status: problems.length === 0 ? "pass" : "fail", problems };
  } catch (error) {
    if (!(error instanceof UnsupportedExpression)) throw error;
    throw stackError([`${address} ${error.message}`]);
  }
}

/** A reference compared with a text, as `Op.eq` writes it. */
const EQUALITY = /^\$\{\(([\w.-]+) == ("(?:[^"\\]|\\.)*")\)\}$/;

/** A text matched by an expression of its own, as `Fn.can(Fn.regex(…))` writes it. */
const MATCH = /^\$\{can\(regex\(("(?:[^"\\]|\\.)*"), ([\w.-]+)\)\)\}$/;

function holds(condition: unknown, lookUp: LookUp): boolean {
  const [, reference, text] = EQUALITY.exec(String(condition)) ?? [];
  if (reference !== undefined && text !== undefined) {
    return resolve(`\${${reference}}`, lookUp) === JSON.parse(text);
  }
  const [, form, matched] = MATCH.exec(String(condition)) ?? [];
  if (form !== undefined && matched !== undefined) {
    return new RegExp(z.string().parse(JSON.parse(form)), "u").test(
      String(resolve(`\${${matched}}`, lookUp)),
    );
  }
  const value = resolve(condition, lookUp);
  // A variable's value comes as text, as TF_VAR_… gives it.
  return value === true || value === "true";
}

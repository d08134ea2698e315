import { LosslessNumber, stringify } from "lossless-json";
import { Secret } from "./secret.ts";

/** A value that Terraform learns when it applies the plan. */
export class Unknown {
  toJSON(): string {
    return "(known after apply)";
  }
}

export const UNKNOWN = new Unknown();

/**
 * An attribute's value in a plan, safe to hand around: what is sensitive is a `Secret`, and a number that
 * JavaScript would not give back as it was written is a `LosslessNumber`.
 */
export type PlanValue =
  null | boolean | number | LosslessNumber | string | Secret | Unknown | readonly PlanValue[] | PlanObject;

export interface PlanObject {
  readonly [name: string]: PlanValue;
}

/** Whether a value has named attributes. */
export function isObject(value: PlanValue | undefined): value is PlanObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof LosslessNumber)
  );
}

/** An attribute that an object itself has: one named `constructor` is not what every object inherits. */
export function ownValue<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** A value's text when it is one, else undefined. */
export function textOf(value: PlanValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A value's members when it is a list of objects; anything else in the list is left out. */
export function objectsOf(value: PlanValue | undefined): readonly PlanObject[] {
  return Array.isArray(value) ? (value as readonly PlanValue[]).filter(isObject) : [];
}

/**
 * Whether two values mean the same. Absent and null are equal, secrets are compared by value, and a value
 * that is not known yet equals only another one.
 */
export function sameValue(a: PlanValue | undefined, b: PlanValue | undefined): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return true;
  if (left instanceof Secret || right instanceof Secret) {
    return left instanceof Secret && right instanceof Secret && left.equals(right);
  }
  if (left instanceof LosslessNumber || right instanceof LosslessNumber) {
    return left instanceof LosslessNumber && right instanceof LosslessNumber && left.value === right.value;
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    const others: readonly PlanValue[] = right;
    return (left as readonly PlanValue[]).every((item, index) => sameValue(item, others[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) =>
    sameValue(ownValue(left, name), ownValue(right, name)),
  );
}

/** A value on one line, at most about 120 characters; never a secret. */
export function shown(value: PlanValue | undefined): string {
  const text =
    value === undefined || value === null
      ? "(none)"
      : value instanceof Secret || value instanceof Unknown
        ? value.toJSON()
        : typeof value === "string"
          ? value
          : (stringify(value) ?? "(none)");
  return shortened(text, 120);
}

/** A text of at most so many characters; what is cut is marked, and no character is cut in half. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** An object without some of its attributes. */
export function without(values: PlanObject | undefined, ...names: readonly string[]): PlanObject {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => !names.includes(name)));
}

import { Unknown } from "../../plan/value.ts";

/** A reference in Terraform's language: what it points to, and which attribute of it. */
export interface Reference {
  /** `var.name`, `local.name`, `data.type.name` or `type.name`. */
  readonly address: string;
  readonly path: readonly string[];
}

/** An expression that only Terraform itself can evaluate. */
export class UnsupportedExpression extends Error {
  override readonly name = "UnsupportedExpression";

  constructor(expression: string) {
    super(`has the expression ${expression}: the local Cloudflare resolves plain references only`);
  }
}

/**
 * Replaces every reference in a JSON value by what it points to. A text that is one reference takes its type;
 * within a longer text it becomes text. A text with a part that is not known yet is not known yet.
 *
 * @throws UnsupportedExpression for function calls, operators, indexes and directives.
 */
export function resolve(value: unknown, lookUp: (reference: Reference) => unknown): unknown {
  if (typeof value === "string") return resolveText(value, lookUp);
  if (Array.isArray(value)) return value.map((item) => resolve(item, lookUp));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, lookUp)]));
}

/**
 * Every reference in a JSON value.
 *
 * @throws UnsupportedExpression like `resolve`.
 */
export function referencesIn(value: unknown): readonly Reference[] {
  const found: Reference[] = [];
  resolve(value, (reference) => {
    found.push(reference);
    return "";
  });
  return found;
}

/**
 * An escaped or a real start of an expression or a directive. Source: Terraform's "Strings and Templates".
 */
const TEMPLATE = /\$\$\{|%%\{|\$\{([^}]*)\}|%\{[^}]*\}/g;

function resolveText(text: string, lookUp: (reference: Reference) => unknown): unknown {
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  if (whole !== null) return lookUp(parseReference(whole[1] ?? ""));
  let unknown: Unknown | undefined;
  const resolved = text.replaceAll(TEMPLATE, (match: string, inner: string | undefined) => {
    if (match === "$${" || match === "%%{") return match.slice(1);
    if (inner === undefined) throw new UnsupportedExpression(match);
    const value = lookUp(parseReference(inner));
    if (value instanceof Unknown) unknown = value;
    return String(value);
  });
  return unknown ?? resolved;
}

function parseReference(inner: string): Reference {
  const parts = inner.trim().split(".");
  const isPlain = parts.length >= 2 && parts.every((part) => /^[A-Za-z_][\w-]*$/.test(part));
  if (!isPlain) throw new UnsupportedExpression(`\${${inner}}`);
  const length = parts[0] === "data" ? 3 : 2;
  return { address: parts.slice(0, length).join("."), path: parts.slice(length) };
}

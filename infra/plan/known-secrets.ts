import { LosslessNumber } from "lossless-json";
import type { PlanJson } from "./schema.ts";

/** Values that must not be printed wherever they turn up: sensitive variables and secret bindings. */
export function secretsOf(json: PlanJson): readonly string[] {
  const declared = json.configuration.root_module?.variables;
  const variables = Object.entries(json.variables).flatMap(([name, { value }]) =>
    // A variable that the configuration does not declare is taken for a secret: nothing says that it is none.
    declared?.[name]?.sensitive === false ? [] : textsIn(value),
  );
  const objects = [...json.resource_changes, ...json.resource_drift].flatMap(({ change }) => [
    change.before,
    change.after,
  ]);
  return [...variables, ...objects.flatMap(secretTexts)];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || value instanceof LosslessNumber) return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function secretTexts(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as { readonly type?: unknown; readonly text?: unknown };
  if (type === "secret_text" && typeof text === "string") return [text];
  return Object.values(value).flatMap(secretTexts);
}

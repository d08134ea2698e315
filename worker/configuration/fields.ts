/** What a piece of JSON holds, before anything is known of it. */
export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isOptional(value: unknown, type: "string" | "boolean" | "number"): boolean {
  return value === undefined || value === null || typeof value === type;
}

export function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

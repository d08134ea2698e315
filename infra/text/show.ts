import { looksLikeSecret } from "../secrets/looks-like-secret.ts";
import { escaped } from "./printable.ts";

/** A value as it may be printed. Objects and lists are not: nobody knows what was pasted into them. */
export function show(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  if (typeof value !== "string") return undefined;
  if (looksLikeSecret(value)) return "(hidden: it looks like a secret)";
  return escaped(JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value));
}

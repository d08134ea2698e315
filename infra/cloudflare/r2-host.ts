import type { StateBackend } from "../specification/specification.ts";

/** The host of an account's R2 in its jurisdiction, for requests with the bucket in their path. */
export function r2Host({ accountId, jurisdiction }: Extract<StateBackend, { type: "r2" }>): string {
  return [accountId, jurisdiction, "r2.cloudflarestorage.com"].filter(Boolean).join(".");
}

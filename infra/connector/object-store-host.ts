import type { StateBackend } from "./specification.ts";

/** The host of an object store, for requests with the bucket in their path. */
export function objectStoreHost(backend: Extract<StateBackend, { type: "r2" | "s3" }>): string {
  if (backend.type === "s3") return `s3.${backend.region}.amazonaws.com`;
  return [backend.accountId, backend.jurisdiction, "r2.cloudflarestorage.com"].filter(Boolean).join(".");
}

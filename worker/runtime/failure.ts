/** Why the connector could not do its work. Operators see it in the log; visitors never do. */
export type FailureReason =
  | "customer-id-missing"
  | "secret-key-missing"
  | "secret-unreadable"
  | "kv-binding-missing"
  | "configuration-unreadable"
  | "configuration-missing"
  | "configuration-invalid"
  | "verify-action-unavailable"
  | "unexpected-error";

/** The connector's own fault, or its surroundings'. Never thrown because of what a visitor sent. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    readonly reason: FailureReason,
    detail: string,
  ) {
    super(detail);
  }
}

/** Turns whatever was thrown into a failure with a reason. */
export function failureFrom(thrown: unknown, reason: FailureReason = "unexpected-error"): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure(reason, thrown instanceof Error ? thrown.message : String(thrown));
}

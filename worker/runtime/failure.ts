/** Why the connector could not do its work. Operators see it in the log; visitors never do. */
export type FailureReason =
  | "customer-id-missing"
  | "secret-key-missing"
  | "secret-unreadable"
  | "kv-binding-missing"
  | "configuration-unreadable"
  | "configuration-missing"
  | "configuration-invalid"
  | "configuration-unwritable"
  | "queue-it-unreachable"
  | "verify-action-unavailable"
  | "direct-pass-unavailable"
  | "hook-failed"
  | "hook-slow"
  | "hook-refused"
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

/**
 * Does work that fails for a reason of its own. What is around it may throw, too, and must not be blamed on it.
 * @throws Failure with that reason, or the one that the work throws.
 */
export async function failingWith<T>(reason: FailureReason, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureFrom(error, reason);
  }
}

/** Turns whatever was thrown into a failure with a reason. */
export function failureFrom(thrown: unknown, reason: FailureReason = "unexpected-error"): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure(reason, thrown instanceof Error ? thrown.message : String(thrown));
}

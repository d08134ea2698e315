/** One thing that was tried on the deployed sites. */
export interface Check {
  readonly name: string;
  /** `skipped`: it could not be tried, and why is in the detail. */
  readonly outcome: "passed" | "failed" | "skipped";
  readonly detail: string;
}

/** Thrown inside a check; its message says what is wrong. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
}

/** Runs one check. What it returns is the detail; what it throws is what is wrong. */
export async function check(name: string, run: () => string | Promise<string>): Promise<Check> {
  try {
    return { name, outcome: "passed", detail: await run() };
  } catch (error) {
    return { name, outcome: "failed", detail: reasonOf(error) };
  }
}

export function skipped(name: string, detail: string): Check {
  return { name, outcome: "skipped", detail };
}

/** What was thrown, in words. fetch hides why it failed in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

import { UserError } from "../errors/user-error.ts";

/** One thing that was to be tried on the deployed sites. */
export interface Check {
  readonly name: string;
  /** `skipped`: it could not be tried, so nobody knows; why is in the detail. */
  readonly outcome: "passed" | "failed" | "skipped";
  /** What came back, or what is wrong. */
  readonly detail: string;
  /** What to do; undefined where it passed. */
  readonly remedy: string | undefined;
  /** Hostname of the site that it is about; undefined where it is about all of them. */
  readonly host?: string;
  /** Address that was asked; undefined where none was. */
  readonly page?: string;
}

/** What a check is about. */
export type Subject = Pick<Check, "name" | "host" | "page">;

/** Thrown inside a check; its message says what is wrong. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Thrown inside a check that cannot be tried; its message says why. */
export class NotTried extends Error {
  override readonly name = "NotTried";

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/**
 * Runs one check. What it returns is the detail; what it throws is what is wrong, or why it was not tried.
 */
export async function check(subject: Subject, run: () => string | Promise<string>): Promise<Check> {
  try {
    return { ...subject, outcome: "passed", detail: await run(), remedy: undefined };
  } catch (error) {
    const outcome = error instanceof NotTried ? "skipped" : "failed";
    const remedy = error instanceof NotTried || error instanceof CheckFailed ? error.remedy : UNANSWERED;
    return { ...subject, outcome, detail: reasonOf(error), remedy };
  }
}

/** For what comes from below: the site did not answer. */
const UNANSWERED =
  "open the address in a browser; check its DNS record (it must be proxied by Cloudflare) and the origin, " +
  "then verify again";

/** What was thrown, in words. fetch hides why it failed in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error && !(error instanceof UserError) ? `${message}: ${cause.message}` : message;
}

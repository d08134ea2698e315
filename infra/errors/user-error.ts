import type { ErrorCode } from "./catalogue.ts";

/**
 * Exit codes of every command. `found` is what a command was asked to look for: a risk, drift, a failed
 * check; as with Terraform's own, 1 stays for what went wrong.
 */
export const EXIT = { ok: 0, userError: 1, found: 2, fault: 70 } as const;

/** Something the person at the keyboard can fix: bad input, a missing file, a port in use. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What the command ends with. */
  readonly exitCode: number = EXIT.userError;

  /**
   * @param code What it is, also for `--json`; docs/errors.md has a page on each.
   * @param message One paragraph: what is wrong, where, and what to do next.
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

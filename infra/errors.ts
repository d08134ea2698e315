/** Exit codes of every command. */
export const EXIT = { ok: 0, userError: 1, fault: 70 } as const;

/** Something the person at the keyboard can mend: bad input, a missing file, a port in use. */
export class UserError extends Error {
  override readonly name = "UserError";

  /**
   * @param code Stable identifier, for documentation and `--json`.
   * @param message One paragraph: what is wrong, where, and what to do next.
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

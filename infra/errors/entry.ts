/** What stands behind an error's code. Each is one or more sentences; `docs/errors.md` is made of them. */
export interface ErrorEntry {
  /** What it means. */
  readonly what: string;
  /** Why it happens. */
  readonly why: string;
  /** What to do. */
  readonly next: string;
}

/** Entries by their code. */
export type ErrorEntries = Readonly<Record<string, ErrorEntry>>;

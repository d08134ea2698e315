/** The one line of a run that does not take place. */
export function skippedLine(reason: string): string {
  return `SKIPPED ${reason}`;
}

/** Exit code of a run that does not take place: a failure where it is required. */
export function skippedExitCode(environment: Readonly<Record<string, string | undefined>>): 0 | 1 {
  return environment["E2E_REQUIRED"] === "1" ? 1 : 0;
}

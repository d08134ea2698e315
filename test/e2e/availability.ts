/**
 * Whether `terraform init` failed because it cannot find the provider, which is the machine's matter, and not because
 * the stack is wrong, which is ours.
 */
export function isProviderMissing(initOutput: string): boolean {
  return [
    "Failed to query available provider packages",
    "Failed to install provider",
    "Failed to resolve provider packages",
    "provider registry registry.terraform.io does not have",
  ].some((sentence) => initOutput.replaceAll(/\s+/g, " ").includes(sentence));
}

/** The one line of a run that does not take place. */
export function skippedLine(reason: string): string {
  return `SKIPPED ${reason}`;
}

/** Exit code of a run that does not take place: a failure where it is required. */
export function skippedExitCode(environment: Readonly<Record<string, string | undefined>>): 0 | 1 {
  return environment["E2E_REQUIRED"] === "1" ? 1 : 0;
}

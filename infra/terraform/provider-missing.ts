/**
 * Whether `terraform init` failed because it cannot find the provider, which is the machine's matter, and not
 * because the stack is wrong, which is ours.
 */
export function isProviderMissing(initOutput: string): boolean {
  return [
    "Failed to query available provider packages",
    "Failed to install provider",
    "Failed to resolve provider packages",
    "provider registry registry.terraform.io does not have",
  ].some((sentence) => initOutput.replaceAll(/\s+/g, " ").includes(sentence));
}

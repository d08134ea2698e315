/** SHA-256 of the bundle that an environment's state says is deployed; undefined where nothing is. */
export function deployedBundleOf(outputs: Readonly<Record<string, unknown>>): string | undefined {
  const { bundle_sha256: sha256 } = outputs;
  return typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined;
}

/**
 * Environment variables for Terraform and cdktf: those of this process, without any that could lead to a real
 * account or print secrets, and then those of the local Cloudflare.
 */
export function terraformEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  local: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isRisky(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    NO_COLOR: "1",
    ...local,
  };
}

/** Real credentials, other people's variables and workspaces, and logs that hold every request. */
function isRisky(name: string): boolean {
  return (
    /^(?:CLOUDFLARE_|CF_|AWS_|TF_VAR_|TF_CLI_ARGS|TF_LOG|TF_TOKEN_)/.test(name) ||
    ["TF_WORKSPACE", "TF_DATA_DIR", "QUEUEIT_DESTROY"].includes(name)
  );
}

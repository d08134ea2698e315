/** Values of environment variables that no output may show: Terraform's and its provider's messages may hold them. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value !== "" && isSecret(name) ? [value] : [],
  );
}

const OTHERS: ReadonlySet<string> = new Set([
  "CLOUDFLARE_API_TOKEN",
  "CLOUDFLARE_API_KEY",
  "CLOUDFLARE_API_USER_SERVICE_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "QUEUEIT_PLAN_KEY",
  "GITHUB_TOKEN",
]);

function isSecret(name: string): boolean {
  return OTHERS.has(name) || /^TF_VAR_queueit_|^TF_TOKEN_|^QUEUEIT_SECRET_KEY/.test(name);
}

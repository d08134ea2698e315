import type { ConnectorSpec } from "../specification/specification.ts";

/** The README of an exported environment. `bundle` is the bundle's path in it. */
export function exportGuide(
  { environment, secretVariables, promotedFrom }: ConnectorSpec,
  bundle: string,
): string {
  const exports = ["CLOUDFLARE_API_TOKEN", ...secretVariables.map(({ name }) => `TF_VAR_${name}`)];
  return `# Queue-it's waiting room on Cloudflare: ${environment}

Plain Terraform, made by \`queueit-cf export terraform\`. It needs Terraform or OpenTofu 1.10 or later, and nothing else.

\`\`\`sh
${exports.map((name) => `export ${name}=…`).join("\n")}
terraform init
terraform plan    # on the state that queueit-cf has kept: no changes
\`\`\`

- \`variables.tf\` (or \`.json\`) has the values that this environment chose, as defaults.
- \`${bundle}\` is the Worker. Keep its path: the provider compares it. To run another bundle, replace the file; its hash is taken from it.
- \`backend.tf\` is where the state was. From now on only one of the two may deploy: this folder, or the project that it was exported from.
- Terraform never destroys the KV namespace (\`prevent_destroy\`): the integration configuration is in it.
${
  promotedFrom === undefined
    ? ""
    : `- A bundle that ${promotedFrom.environment} does not run is refused, as before: the plan reads its state.\n`
}
What is no longer there: the review of a plan in words, the proof that the sites answer after a deploy, \`verify\`, \`drift\` and \`rollback\`.
`;
}

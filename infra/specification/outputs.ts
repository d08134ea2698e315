/** What a stack tells after a deploy, as Terraform's outputs. */
export const OUTPUTS = {
  kv_namespace_id: "Id of the KV namespace.",
  worker_name: "Name of the Worker.",
  bundle_sha256: "SHA-256 of the bundle that runs.",
  routes: "Route patterns, bypasses first.",
  publish_url: "Address to which Queue-it's platform publishes the integration configuration.",
} as const;

export type OutputName = keyof typeof OUTPUTS;

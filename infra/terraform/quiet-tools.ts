/**
 * Environment variables that keep the tools from telling their makers how they are used, and from asking them
 * whether there is a newer one: Terraform and cdktf the first, cdktf the second, wrangler the others.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#disable_checkpoint
 * https://developers.cloudflare.com/workers/wrangler/system-environment-variables/
 */
export const QUIET_TOOLS = {
  CHECKPOINT_DISABLE: "1",
  DISABLE_VERSION_CHECK: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
} as const;

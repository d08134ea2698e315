/**
 * The environment of a Worker that has no others, as Cloudflare names it in service bindings. What a binding leaves out is
 * told as this: https://github.com/cloudflare/terraform-provider-cloudflare/issues/7281
 */
export const DEFAULT_SERVICE_ENVIRONMENT = "production";

import type { ResourceType } from "./resources.ts";

export interface ResourceRules {
  /** Attributes that cannot be changed: another value means another object. */
  readonly replacing: readonly string[];
  /**
   * Attributes that nothing is done about where the stack does not say them: optional and computed ones. A change of
   * another attribute has Cloudflare choose them anew.
   */
  readonly kept: readonly string[];
}

/** What Cloudflare's provider 5.14.0 does about each type. Every type also has a computed `id`. */
export const RESOURCE_RULES: Readonly<Record<ResourceType, ResourceRules>> = {
  cloudflare_workers_kv_namespace: { replacing: ["account_id"], kept: [] },
  cloudflare_workers_kv: { replacing: ["account_id", "namespace_id", "key_name"], kept: [] },
  cloudflare_workers_script: {
    replacing: ["account_id", "script_name"],
    kept: [
      "bindings",
      "compatibility_date",
      "compatibility_flags",
      "logpush",
      "placement",
      "tail_consumers",
      "usage_model",
    ],
  },
  cloudflare_workers_route: { replacing: ["zone_id"], kept: [] },
  cloudflare_workers_cron_trigger: { replacing: ["account_id", "script_name"], kept: [] },
};

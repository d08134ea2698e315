import { z } from "zod";

/**
 * What the local Cloudflare can deploy, as the provider 5.14.0 writes it. Objects are strict: an attribute that
 * is not named here would be asked for and not done. Attributes marked "no effect" have none on this machine.
 */
const accountId = z.string();

const binding = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("kv_namespace"), name: z.string(), namespace_id: z.string() }),
    z.strictObject({ type: z.literal("plain_text"), name: z.string(), text: z.string() }),
    z.strictObject({ type: z.literal("secret_text"), name: z.string(), text: z.string() }),
    z.strictObject({
      type: z.literal("secrets_store_secret"),
      name: z.string(),
      store_id: z.string(),
      secret_name: z.string(),
    }),
  ],
  {
    error: ({ input }) => {
      const { type, name } = (input ?? {}) as { readonly type?: unknown; readonly name?: unknown };
      return `the binding ${String(name)} has the type "${String(type)}", which the local Cloudflare does not have`;
    },
  },
);

const samplingRate = z.number().min(0).max(1);

export const RESOURCE_SCHEMAS = {
  cloudflare_workers_kv_namespace: z.strictObject({ account_id: accountId, title: z.string() }),
  cloudflare_workers_kv: z.strictObject({
    account_id: accountId,
    namespace_id: z.string(),
    key_name: z.string(),
    value: z.string(),
  }),
  cloudflare_workers_script: z
    .strictObject({
      account_id: accountId,
      script_name: z.string(),
      /** Relative to the stack's folder. */
      content_file: z.string(),
      content_sha256: z.string(),
      /** No effect: `main_module` and `body_part` say the format. */
      content_type: z.string().optional(),
      main_module: z.string().optional(),
      body_part: z.string().optional(),
      compatibility_date: z.string(),
      compatibility_flags: z.array(z.string()).default([]),
      bindings: z.array(binding).default([]),
      observability: z
        .strictObject({
          enabled: z.boolean(),
          head_sampling_rate: samplingRate.default(1),
          /** No effect. */
          logs: z.unknown().optional(),
        })
        .optional(),
      /** No effect. */
      usage_model: z.string().optional(),
      /** No effect. */
      logpush: z.boolean().optional(),
      /** No effect. */
      limits: z.unknown().optional(),
      /** No effect. */
      placement: z.unknown().optional(),
    })
    .refine(({ main_module, body_part }) => (main_module === undefined) !== (body_part === undefined), {
      error: "needs either main_module (ES module) or body_part (service worker)",
    }),
  cloudflare_workers_route: z.strictObject({
    zone_id: z.string(),
    pattern: z.string(),
    script: z.string().optional(),
  }),
  cloudflare_workers_cron_trigger: z.strictObject({
    account_id: accountId,
    script_name: z.string(),
    schedules: z.array(z.strictObject({ cron: z.string() })),
  }),
} as const;

export const DATA_SCHEMAS = {
  cloudflare_zone: z.strictObject({ filter: z.looseObject({ name: z.string() }) }),
} as const;

/** A resource type that the local Cloudflare has. */
export type ResourceType = keyof typeof RESOURCE_SCHEMAS;

/** Attributes of a resource type, after its references are resolved. */
export type Attributes<Type extends ResourceType> = z.infer<(typeof RESOURCE_SCHEMAS)[Type]>;

export function isResourceType(type: string): type is ResourceType {
  return Object.hasOwn(RESOURCE_SCHEMAS, type);
}

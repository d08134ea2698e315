import { createHash } from "node:crypto";
import { z } from "zod";
import type { Script } from "../../cloudflare/account/model.ts";
import { etagOf, presentSettings } from "../../cloudflare/api/script-presenter.ts";
import { type Values, told } from "./values.ts";
import { type ApplyContext, assertAccount, idParts, resourceKind } from "./kind.ts";
import { bindingSchema, toBinding, withKnownText } from "./script-bindings.ts";

const schema = z
  .strictObject({
    account_id: z.string(),
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
    bindings: z.array(bindingSchema).default([]),
    observability: z
      .strictObject({
        enabled: z.boolean(),
        head_sampling_rate: z.number().min(0).max(1).default(1),
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
  });

/** A Worker with its bindings. */
export const workersScript = resourceKind({
  schema,
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

  // The text of every binding, whatever its type.
  sensitive: ({ bindings }) =>
    Array.isArray(bindings) ? { bindings: bindings.map(() => ({ text: true })) } : {},

  apply: async (attributes, context) => {
    assertAccount(attributes.account_id, context);
    await context.account.putScript(await toScript(attributes, context));
    return attributes.script_name;
  },

  read: (values, account) => {
    const script = account.scripts.find(({ name }) => name === values["script_name"]);
    return script && asTold(script, values);
  },

  identify: (importId) => {
    const parts = idParts(importId, ["account_id", "script_name"]);
    return parts && { ...parts, id: parts["script_name"] };
  },

  delete: (values, account) => account.deleteScript(String(values["id"])),
});

async function toScript(
  attributes: z.output<typeof schema>,
  { readFile }: Pick<ApplyContext, "readFile">,
): Promise<Script> {
  const { content_file, content_sha256, main_module, body_part, observability } = attributes;
  const { usage_model, logpush, limits, placement } = attributes;
  const bytes = await readFile(content_file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== content_sha256) {
    throw new Error(
      `content_sha256 is ${content_sha256}, but ${content_file} has ${sha256}: synthesize the stack again`,
    );
  }
  return {
    name: attributes.script_name,
    mainModule: main_module ?? body_part ?? "worker.js",
    // With its byte order mark, if it has one: the hash is of all bytes.
    content: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    format: main_module === undefined ? "service-worker" : "es-module",
    compatibilityDate: attributes.compatibility_date,
    compatibilityFlags: attributes.compatibility_flags,
    bindings: attributes.bindings.map(toBinding),
    ...(observability && {
      observability: { enabled: observability.enabled, samplingRate: observability.head_sampling_rate },
    }),
    settings: told({ observability, usage_model, logpush, limits, placement }),
  };
}

/** As the management API tells it, which is all that Terraform gets to see. */
function asTold(script: Script, values: Values): Values {
  const { bindings, placement, ...settings } = presentSettings(script);
  return told({
    ...values,
    observability: undefined,
    limits: undefined,
    compatibility_date: settings.compatibility_date,
    compatibility_flags: settings.compatibility_flags.length > 0 ? settings.compatibility_flags : undefined,
    usage_model: settings.usage_model,
    logpush: settings.logpush,
    ...("observability" in settings && { observability: settings.observability }),
    ...("limits" in settings && { limits: settings.limits }),
    ...("placement" in values && { placement }),
    bindings: bindings.map((binding) => withKnownText(binding, values["bindings"])),
    content_sha256: etagOf(script),
  });
}

import { z } from "zod";
import { DEFAULT_SERVICE_ENVIRONMENT } from "../../../cloudflare/service-environment.ts";
import type { ScriptBinding } from "../../cloudflare/account/model.ts";
import { type Values, told } from "./values.ts";

/** A binding as the stack writes it. */
export const bindingSchema = z.discriminatedUnion(
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
    z.strictObject({
      type: z.literal("service"),
      name: z.string(),
      service: z.string(),
      environment: z.literal(DEFAULT_SERVICE_ENVIRONMENT),
    }),
  ],
  {
    error: ({ input }) => {
      const { type, name } = (input ?? {}) as { readonly type?: unknown; readonly name?: unknown };
      return `the binding ${String(name)} has the type "${String(type)}", which the local Cloudflare does not have`;
    },
  },
);

/** The same binding as the account has it. */
export function toBinding(binding: z.output<typeof bindingSchema>): ScriptBinding {
  switch (binding.type) {
    case "kv_namespace":
      return { type: binding.type, name: binding.name, namespaceId: binding.namespace_id };
    case "plain_text":
    case "secret_text":
      return binding;
    case "secrets_store_secret":
      return {
        type: binding.type,
        name: binding.name,
        storeId: binding.store_id,
        secretName: binding.secret_name,
      };
    case "service":
      return { type: binding.type, name: binding.name, service: binding.service };
    default:
      return binding satisfies never;
  }
}

const textBindings = z.array(z.object({ name: z.string(), type: z.string(), text: z.string().optional() }));

/**
 * A binding that was read, with its text: Cloudflare never tells a secret, and whoever reads it sees that it
 * is there and goes on with the text it gave.
 *
 * @param known The bindings as they were.
 */
export function withKnownText(binding: Values, known: unknown): Values {
  if (binding["type"] !== "secret_text") return binding;
  const held = textBindings.safeParse(known).data ?? [];
  const text = held.find(({ name, type }) => name === binding["name"] && type === "secret_text")?.text;
  return told({ ...binding, text });
}

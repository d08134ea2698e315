import { z } from "zod";
import type { ScriptBinding } from "../model.ts";
import { apiRefusals } from "./api-errors.ts";

const named = z.looseObject({ name: z.string().min(1), type: z.string() });

/** Bindings as an upload names them; each type's own fields are read in `readBindings`. */
export const bindingsBody = z.array(named);

const fields = {
  kv_namespace: z.object({ namespace_id: z.string() }),
  text: z.object({ text: z.string() }),
  secrets_store_secret: z.object({ store_id: z.string(), secret_name: z.string() }),
  inherit: z.object({ old_name: z.string().optional() }),
} as const;

/**
 * What an upload's bindings become.
 *
 * @param before Bindings of the version before, for `inherit` and `keepTypes`.
 * @param keepTypes Types of bindings that stay though the upload does not name them (`keep_bindings`).
 * @throws CloudflareError for a type that is not emulated, or nothing to inherit.
 */
export function readBindings(
  bindings: z.output<typeof bindingsBody>,
  before: readonly ScriptBinding[],
  keepTypes: readonly string[],
): readonly ScriptBinding[] {
  const read = bindings.map((binding): ScriptBinding => readBinding(binding, before));
  const kept = before.filter(
    ({ name, type }) => keepTypes.includes(type) && !read.some((binding) => binding.name === name),
  );
  return [...read, ...kept];
}

function readBinding(binding: z.output<typeof named>, before: readonly ScriptBinding[]): ScriptBinding {
  const { name, type } = binding;
  switch (type) {
    case "kv_namespace":
      return { type, name, namespaceId: fields.kv_namespace.parse(binding).namespace_id };
    case "plain_text":
    case "secret_text":
      return { type, name, text: fields.text.parse(binding).text };
    case "secrets_store_secret": {
      const { store_id, secret_name } = fields.secrets_store_secret.parse(binding);
      return { type, name, storeId: store_id, secretName: secret_name };
    }
    case "inherit": {
      const { old_name = name } = fields.inherit.parse(binding);
      const inherited = before.find((candidate) => candidate.name === old_name);
      if (inherited === undefined) throw apiRefusals.nothingToInherit(old_name);
      return { ...inherited, name };
    }
    default:
      throw apiRefusals.bindingNotEmulated(type, name);
  }
}

/** A binding as Cloudflare answers it: a secret's text is never told. */
export function presentBinding(binding: ScriptBinding): Readonly<Record<string, unknown>> {
  const { name, type } = binding;
  switch (type) {
    case "kv_namespace":
      return { name, namespace_id: binding.namespaceId, type };
    case "plain_text":
      return { name, text: binding.text, type };
    case "secret_text":
      return { name, type };
    case "secrets_store_secret":
      return { name, secret_name: binding.secretName, store_id: binding.storeId, type };
    default:
      return binding satisfies never;
  }
}

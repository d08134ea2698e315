import { referencesIn, resolve } from "./expression.ts";
import { isResource } from "./read-node.ts";
import type { Stack } from "./read-stack.ts";

/** What a stack says, as the JSON of a plan repeats it. */
export function configurationJson({ variables, outputs, nodes }: Stack, provider: string) {
  return {
    provider_config: { cloudflare: { name: "cloudflare", full_name: provider } },
    root_module: {
      outputs: Object.fromEntries(
        outputs.map(({ name, value, sensitive }) => [
          name,
          { ...(sensitive && { sensitive }), expression: expression(value) },
        ]),
      ),
      resources: nodes.filter(isResource).map(({ address, type, attributes }) => ({
        address,
        mode: "managed",
        type,
        name: address.slice(type.length + 1),
        provider_config_key: "cloudflare",
        expressions: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, expression(value)]),
        ),
        schema_version: 0,
      })),
      variables: Object.fromEntries(
        variables.map(({ name, sensitive }) => [name, sensitive ? { sensitive } : {}]),
      ),
    },
  };
}

function expression(value: unknown) {
  const references = referencesIn(value).map(({ address, path }) => [address, ...path].join("."));
  if (references.length > 0) return { references };
  // Without references only escapes are left to undo.
  return { constant_value: resolve(value, () => undefined) };
}

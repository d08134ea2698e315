import { CONFIGURATION_KEY } from "../../worker/deployment/variables.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { namespaceIdOf } from "./existing-objects.ts";
import { kvValue } from "./kv-value.ts";
import type { CloudflareAccess } from "./read-api.ts";

/** What KV holds for a Worker: the text under its key, or what there is none of. */
export type StoredConfiguration =
  | { readonly kind: "held"; readonly text: string }
  | { readonly kind: "no-namespace" }
  | { readonly kind: "no-value" };

/**
 * The integration configuration as KV holds it, whatever any Worker has in its memory.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export async function storedConfiguration(
  { accountId, namespace }: Pick<ConnectorSpec, "accountId" | "namespace">,
  access: CloudflareAccess,
): Promise<StoredConfiguration> {
  const path = `/accounts/${accountId}/storage/kv/namespaces`;
  const id = await namespaceIdOf(namespace.title, path, access);
  if (id === undefined) return { kind: "no-namespace" };
  const text = await kvValue({ accountId, namespaceId: id }, CONFIGURATION_KEY, access);
  return text === undefined ? { kind: "no-value" } : { kind: "held", text };
}

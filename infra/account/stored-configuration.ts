import { CONFIGURATION_KEY } from "../../worker/deployment/variables.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { namespaceIdOf } from "./existing-objects.ts";
import { type CloudflareAccess, readRaw } from "./read-api.ts";

const PERMISSION = "read the account's KV namespaces and their values (Account · Workers KV Storage · Read)";

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
  const value = await readRaw(`${path}/${id}/values/${CONFIGURATION_KEY}`, access, PERMISSION);
  if (value === undefined) return { kind: "no-value" };
  // As the Worker's runtime reads it: a byte order mark stays, what is not UTF-8 is replaced.
  return { kind: "held", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(value.bytes) };
}

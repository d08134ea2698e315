import { z } from "zod";
import type { LocalAccount } from "../../cloudflare/account/account.ts";
import { CloudflareError } from "../../cloudflare/account/refusals.ts";
import { assertAccount, idParts, resourceKind } from "./kind.ts";

/** One value in a KV namespace. */
export const workersKv = resourceKind({
  schema: z.strictObject({
    account_id: z.string(),
    namespace_id: z.string(),
    key_name: z.string(),
    value: z.string(),
  }),
  replacing: ["account_id", "namespace_id", "key_name"],
  kept: [],

  apply: async ({ account_id, namespace_id, key_name, value }, context) => {
    assertAccount(account_id, context);
    await context.account.putValue(namespace_id, key_name, { bytes: new TextEncoder().encode(value) });
    return key_name;
  },

  read: async (values, account) => {
    const value = await textOf(account, String(values["namespace_id"]), String(values["key_name"]));
    return value === undefined ? undefined : { ...values, value };
  },

  identify: (importId) => {
    const parts = idParts(importId, ["account_id", "namespace_id", "key_name"]);
    return parts && { ...parts, id: parts["key_name"] };
  },

  delete: (values, account) =>
    account.deleteValue(String(values["namespace_id"]), String(values["key_name"])),
});

async function textOf(account: LocalAccount, namespaceId: string, key: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode((await account.getValue(namespaceId, key)).bytes);
  } catch (error) {
    if (error instanceof CloudflareError && error.status === 404) return undefined;
    throw error;
  }
}

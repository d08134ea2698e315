import { z } from "zod";
import { assertAccount, idParts, resourceKind } from "./kind.ts";

/** A KV namespace. */
export const workersKvNamespace = resourceKind({
  schema: z.strictObject({ account_id: z.string(), title: z.string() }),
  replacing: ["account_id"],
  kept: [],

  apply: async ({ account_id, title }, context) => {
    assertAccount(account_id, context);
    const { account, existingId } = context;
    const { id } =
      existingId === undefined
        ? await account.createNamespace(title)
        : await account.renameNamespace(existingId, title);
    return id;
  },

  read: (values, account) => {
    const namespace = account.namespaces.find(({ id }) => id === values["id"]);
    return namespace && { ...values, title: namespace.title };
  },

  identify: (importId) => idParts(importId, ["account_id", "id"]),

  delete: (values, account) => account.deleteNamespace(String(values["id"])),
});

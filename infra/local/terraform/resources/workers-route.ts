import { z } from "zod";
import { told } from "./values.ts";
import { idParts, resourceKind } from "./kind.ts";

/** A route of a zone: to a Worker, or past all of them. */
export const workersRoute = resourceKind({
  schema: z.strictObject({ zone_id: z.string(), pattern: z.string(), script: z.string().optional() }),
  replacing: ["zone_id"],
  kept: [],

  apply: async ({ zone_id, pattern, script }, { account, existingId }) => {
    const { id } =
      existingId === undefined
        ? await account.createRoute(zone_id, pattern, script)
        : await account.replaceRoute(existingId, pattern, script);
    return id;
  },

  read: (values, account) => {
    const route = account.routes.find(({ id }) => id === values["id"]);
    return route && told({ ...values, pattern: route.pattern, script: route.script });
  },

  identify: (importId) => idParts(importId, ["zone_id", "id"]),

  delete: (values, account) => account.deleteRoute(String(values["id"])),
});

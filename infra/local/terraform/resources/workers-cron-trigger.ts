import { z } from "zod";
import { assertAccount, idParts, resourceKind } from "./kind.ts";

/** The cron triggers of a Worker. */
export const workersCronTrigger = resourceKind({
  schema: z.strictObject({
    account_id: z.string(),
    script_name: z.string(),
    schedules: z.array(z.strictObject({ cron: z.string() })),
  }),
  replacing: ["account_id", "script_name"],
  kept: [],

  apply: async ({ account_id, script_name, schedules }, context) => {
    assertAccount(account_id, context);
    await context.account.putSchedules(
      script_name,
      schedules.map(({ cron }) => cron),
    );
    return script_name;
  },

  read: (values, account) => {
    const name = String(values["script_name"]);
    if (!account.scripts.some((script) => script.name === name)) return undefined;
    return { ...values, schedules: account.schedules(name).map((cron) => ({ cron })) };
  },

  identify: (importId) => {
    const parts = idParts(importId, ["account_id", "script_name"]);
    return parts && { ...parts, id: parts["script_name"] };
  },

  // Measured with provider 5.14.0: it only forgets the schedule, which stays until the Worker goes.
  delete: () => Promise.resolve(),
});

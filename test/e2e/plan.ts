import { z } from "zod";

/** The part of `terraform show -json` that the steps look at. */
export const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          importing: z.object({ id: z.string().optional() }).optional(),
        }),
      }),
    )
    .default([]),
});

export type Plan = z.infer<typeof planSchema>;

/** What a plan does, one `action address` for each resource that changes, in order of the addresses. */
export function changesOf(plan: Plan): readonly string[] {
  return plan.resource_changes
    .filter(({ change }) => !change.actions.every((action) => action === "no-op" || action === "read"))
    .map(({ address, change }) => `${change.actions.join("+")} ${address}`)
    .sort();
}

/** Addresses that a plan takes over from the account, in order. */
export function importsOf(plan: Plan): readonly string[] {
  return plan.resource_changes
    .filter(({ change }) => change.importing !== undefined)
    .map(({ address }) => address)
    .sort();
}

import { z } from "zod";

// What a stack says to Terraform itself. Conditions and values of outputs are kept as they are written.

const condition = z
  .looseObject({ condition: z.unknown(), error_message: z.string() })
  .transform(({ condition, error_message: message }) => ({ condition, message }));

/** Something that has to hold, and what is said when it does not. Both may hold references. */
export type Condition = z.output<typeof condition>;

/** How Terraform goes about a resource. Every default is Terraform's. */
export const lifecycleSchema = z
  .looseObject({
    ignore_changes: z.array(z.string()).default([]),
    prevent_destroy: z.boolean().default(false),
    precondition: z.array(condition).default([]),
  })
  .transform(({ ignore_changes, prevent_destroy, precondition }) => ({
    ignoreChanges: ignore_changes,
    preventDestroy: prevent_destroy,
    preconditions: precondition,
  }))
  .prefault({});

export type Lifecycle = z.output<typeof lifecycleSchema>;

export const variableSchema = z.looseObject({
  default: z.unknown().optional(),
  sensitive: z.boolean().default(false),
  validation: z.array(condition).default([]),
});

export const outputSchema = z.looseObject({ value: z.unknown(), sensitive: z.boolean().default(false) });

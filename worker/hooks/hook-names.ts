import type { WorkerHooks } from "./define-hooks.ts";

/** Everything that a file of hooks may define, in the order of a request's way. */
export const HOOK_NAMES = [
  "beforeMatching",
  "afterDecision",
  "onResponse",
] as const satisfies readonly (keyof WorkerHooks)[];

export type HookName = (typeof HOOK_NAMES)[number];

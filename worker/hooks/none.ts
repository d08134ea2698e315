import type { WorkerHooks } from "./define-hooks.ts";

/**
 * The site's own hooks. There are none here: where an environment names a file, the bundle takes its default
 * export in place of this, and otherwise leaves out whatever asks for them.
 */
export const HOOKS = undefined as WorkerHooks | undefined;

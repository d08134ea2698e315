import type { Script } from "../account/model.ts";
import type { ProcessLimits } from "./process-watch.ts";

/** Workers that started together. */
export interface Started {
  readonly scripts: readonly Script[];
  /** Seconds of CPU that their start took. */
  readonly startCpu: number;
}

/** Cloudflare's for each Worker, in bytes. */
const WORKER_MEMORY = 128 * 1024 ** 2;

/** The same start takes more CPU on a machine that does other things too. */
const BUSY_MACHINE = 1.5;

/**
 * What a process may take that starts these Workers together. Those of `before` have shown what they need, so
 * only the others count as new: however many there are, one of them is measured by itself. Without `before`
 * all of them are taken for accepted, in an earlier run.
 */
export function limitsOfStart(
  limits: ProcessLimits,
  scripts: readonly Script[],
  before: Started | undefined,
): ProcessLimits {
  const memory = limits.memory + scripts.length * WORKER_MEMORY;
  if (before === undefined) {
    return { ...limits, memory, startCpu: 2 * limits.startCpu * Math.max(1, scripts.length) };
  }
  const added = scripts.filter((script) => !before.scripts.includes(script)).length;
  return {
    ...limits,
    memory,
    startCpu: limits.startCpu * Math.max(1, added) + before.startCpu * BUSY_MACHINE,
  };
}

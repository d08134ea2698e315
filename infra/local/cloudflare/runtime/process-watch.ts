import type { ChildProcess } from "node:child_process";
import { usageOf } from "./process-usage.ts";

/** What a workerd process may take before it is ended. */
export interface ProcessLimits {
  /** Seconds of CPU until its Workers are loaded, for each of them that is new. */
  readonly startCpu: number;
  /** Seconds of CPU during which it answers nothing, because a Worker never lets go. */
  readonly busyCpu: number;
  /** Bytes of memory, besides what Cloudflare gives each Worker. */
  readonly memory: number;
}

/**
 * Cloudflare gives each Worker 1 s to start, 30 s for a request unless it is told otherwise, and 128 MiB.
 * Here all Workers share a process, on a machine of any speed. Source:
 * https://developers.cloudflare.com/workers/platform/limits/
 */
export const PROCESS_LIMITS: ProcessLimits = { startCpu: 3, busyCpu: 10, memory: 1024 ** 3 };

/** Which limit a process went beyond. */
export type Excess = "cpu" | "memory";

/**
 * Looks at a process that starts, until the returned function is called, which tells the seconds of CPU so
 * far. `exceeded` is called once at most.
 */
export function watchStart(
  child: ChildProcess,
  limits: ProcessLimits,
  exceeded: (excess: Excess) => void,
): () => number {
  return watch(child, 50, limits, exceeded, ({ cpu }) => cpu > limits.startCpu);
}

/**
 * Looks at a process that runs, until the returned function is called. One that takes CPU is asked for a sign
 * of life; as long as it owes that, its CPU counts.
 */
export function watchRunning(
  child: ChildProcess,
  limits: ProcessLimits,
  ask: () => Promise<unknown>,
  exceeded: (excess: Excess) => void,
): () => void {
  let before = 0;
  let askedAt: number | undefined;
  return watch(child, 250, limits, exceeded, ({ cpu }) => {
    const isBusy = cpu - before > 0.1;
    before = cpu;
    if (askedAt !== undefined) return cpu - askedAt > limits.busyCpu;
    if (!isBusy) return false;
    askedAt = cpu;
    const answered = () => (askedAt = undefined);
    ask().then(answered, answered);
    return false;
  });
}

function watch(
  { pid }: ChildProcess,
  every: number,
  limits: ProcessLimits,
  exceeded: (excess: Excess) => void,
  isTooMuch: (usage: { readonly cpu: number }) => boolean,
): () => number {
  const start = performance.now();
  // Where the system does not tell, time has to stand for CPU.
  const usage = () =>
    (pid === undefined ? undefined : usageOf(pid)) ?? { cpu: (performance.now() - start) / 1000, memory: 0 };
  const timer = setInterval(() => {
    const now = usage();
    const excess = now.memory > limits.memory ? "memory" : isTooMuch(now) ? "cpu" : undefined;
    if (excess === undefined) return;
    clearInterval(timer);
    exceeded(excess);
  }, every).unref();
  return () => {
    clearInterval(timer);
    return usage().cpu;
  };
}

import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/**
 * Where a process runs: measured Workers on the first core, everything that asks and answers them on the
 * second.
 */
export type Core = "of the Workers" | "of the bench";

/**
 * Keeps a process on one core, so that the scheduler's moves are not in the figures. Where there is only one,
 * or no `taskset`, it changes nothing.
 */
export function pin(pid: number, core: Core): void {
  if (cpus().length > 1) spawnSync("taskset", ["-acp", core === "of the Workers" ? "0" : "1", String(pid)]);
}

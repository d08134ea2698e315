import { readFileSync } from "node:fs";

/** What a process has taken so far. */
export interface ProcessUsage {
  /** Seconds of CPU, of all its threads. */
  readonly cpu: number;
  /** Bytes of memory that it holds now. */
  readonly memory: number;
}

/** Linux counts CPU in these for every program, whatever the kernel's own clock (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Undefined where the system does not tell (anything but Linux), or the process is gone. */
export function usageOf(pid: number): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before these may hold anything, so they are counted from its closing bracket: see
    // proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return { cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND, memory: kibibytes * 1024 };
  } catch {
    return undefined;
  }
}

import { readFileSync, readlinkSync } from "node:fs";
import { z } from "zod";
import { isAlive } from "./is-alive.ts";

/** What tells one process from every other on this machine, also from a later one with the same number. */
const markSchema = z.object({
  pid: z.number().int().positive(),
  /** In ticks since the system started; null where the system does not tell. */
  started: z.string().nullable(),
  /**
   * The start of the system, and the PID namespace that the number is of; null where the system does not
   * tell.
   */
  place: z.string().nullable(),
});

export type ProcessMark = z.infer<typeof markSchema>;

export function markOf(pid: number): ProcessMark {
  return { pid, started: statusOf(pid)?.started ?? null, place: place() };
}

/** Reads a mark that was written as JSON; undefined when it is none. */
export function readMark(text: string): ProcessMark | undefined {
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether a process is there, as far as it can be told from here: not of one in another container. */
export function fateOf({ pid, started, place: itsPlace }: ProcessMark): "runs" | "gone" | "unknown" {
  const here = place();
  if (itsPlace !== here) return itsPlace?.split(" ")[0] === here?.split(" ")[0] ? "unknown" : "gone";
  if (!isAlive(pid)) return "gone";
  if (started === null) return "runs";
  const status = statusOf(pid);
  return status?.started === started && !status.isZombie ? "runs" : "gone";
}

function place(): string | null {
  try {
    const start = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${start} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

/** From Linux's /proc/<pid>/stat (proc(5)): the state is its third field, the start its twenty-second. */
function statusOf(pid: number): { readonly started: string; readonly isZombie: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, which may hold spaces and brackets.
    const [state, ...others] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const started = others[18];
    return started === undefined ? undefined : { started, isZombie: state === "Z" };
  } catch {
    return undefined;
  }
}

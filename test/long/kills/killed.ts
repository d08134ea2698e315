import { setTimeout as wait } from "node:timers/promises";
import { vi } from "vitest";
import type { Running } from "../../infra/commands/terraform-project.ts";
import type { Kill } from "./moments.ts";
import { processesOf } from "./processes.ts";

/**
 * Ends a command as the kill says.
 *
 * @param length Milliseconds that the command takes where nothing ends it: machines, and moments of one, differ.
 * @param atMoment Called just before. Default: does nothing.
 * @returns Its exit code, or the signal it died of.
 */
export async function end(
  command: Running,
  { signal, at }: Kill,
  length: number,
  atMoment?: () => void,
): Promise<unknown> {
  const ended = command.ended();
  // The moment is what is tried here: it is not waited for anything.
  await Promise.race([wait(at * length), ended]);
  atMoment?.();
  if (signal !== "SIGINT twice") command.child.kill(signal);
  else {
    command.child.kill("SIGINT");
    command.child.kill("SIGINT");
  }
  return await ended;
}

/** Resolves when nothing that was started for a folder runs any more. */
export async function untilAllEnded(folder: string): Promise<void> {
  await vi.waitFor(
    () => {
      const left = processesOf(folder).map(({ line }) => line.slice(0, 200));
      if (left.length > 0) throw new Error(`Still running: ${left.join("; ")}`);
    },
    { timeout: 120_000, interval: 50 },
  );
}

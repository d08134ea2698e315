import { rmSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runningProcesses } from "./process.ts";

/** Folder of one plan file, which holds every secret in clear: only this user may read it, and it does not stay. */
export interface PlanFolder {
  readonly path: string;
  /** Removes it. Safe to call twice. */
  readonly remove: () => Promise<void>;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

const held = new Set<string>();

/** Makes one. Should this process be asked to end before it is removed, it goes along. */
export async function makePlanFolder(): Promise<PlanFolder> {
  const path = await mkdtemp(join(tmpdir(), "queueit-plan-"));
  await chmod(path, 0o700);
  if (held.size === 0) for (const signal of SIGNALS) process.on(signal, removeAllAndEnd);
  held.add(path);
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      held.delete(path);
      if (held.size === 0) for (const signal of SIGNALS) process.off(signal, removeAllAndEnd);
    },
  };
}

function removeAllAndEnd(signal: (typeof SIGNALS)[number]): void {
  // Terraform was told, too; whoever waits for its end goes on from there, and removes the folder.
  if (runningProcesses() > 0) return;
  for (const path of held) rmSync(path, { recursive: true, force: true });
  process.exit(signal === "SIGINT" ? 130 : 143);
}

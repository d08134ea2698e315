import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** A process that a command has started, or the command itself. */
export interface OwnProcess {
  readonly pid: number;
  readonly line: string;
}

/** Processes that work in a folder, or were started with it as their temporary one. From Linux's /proc. */
export function processesOf(folder: string): readonly OwnProcess[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const isOurs =
        readlinkSync(`/proc/${name}/cwd`).startsWith(folder) ||
        readFileSync(`/proc/${name}/environ`, "utf8").includes(folder);
      const line = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      // What has ended, and waits for its parent to look, has no command line any more.
      return isOurs && line !== "" ? [{ pid: Number(name), line }] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

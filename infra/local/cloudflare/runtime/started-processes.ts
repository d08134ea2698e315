import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { withPrivateFiles } from "../../../files/private-files.ts";

const listening = new AsyncLocalStorage<(child: ChildProcess) => void>();

// Node's own channel: https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#child-process
subscribe("child_process", (message) => {
  listening.getStore()?.((message as { readonly process: ChildProcess }).process);
});

/**
 * Does something and hears of every process that it starts, which Miniflare keeps to itself. They have no id
 * yet.
 */
export function withStartedProcesses<T>(onProcess: (child: ChildProcess) => void, work: () => T): T {
  return listening.run(onProcess, work);
}

/**
 * Lets a process that has no id yet make files that only this user may read: it inherits the mask of that
 * moment.
 */
export function makePrivateFiles(child: ChildProcess): void {
  // Node's own method, which its types leave out; `child_process.spawn` calls it next.
  const starting = child as ChildProcess & { spawn: (options: unknown) => unknown };
  const spawn = starting.spawn.bind(child);
  starting.spawn = (options) => withPrivateFiles(() => spawn(options));
}

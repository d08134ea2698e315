import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/**
 * Calls `onStart` for every workerd process that this process starts, until the returned function is called.
 */
export function onWorkerdStart(onStart: (child: ChildProcess) => void): () => void {
  const onMessage = (message: unknown): void => {
    const { process: child } = message as { readonly process: ChildProcess };
    child.once("spawn", () => {
      if (child.spawnargs.includes("serve")) onStart(child);
    });
  };
  subscribe("child_process", onMessage);
  return () => unsubscribe("child_process", onMessage);
}

import { WebSocket } from "undici";
import type { Workerd } from "./workerd.ts";

/** JavaScript memory of the Worker's isolate in MiB, after it was asked to collect garbage. */
export async function liveHeapMebibytes({ inspectorPort }: Workerd): Promise<number> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json()) as readonly {
    webSocketDebuggerUrl: string;
    id: string;
  }[];
  const target = targets.find(({ id }) => id.includes("worker")) ?? targets[0];
  if (target === undefined) throw new Error("The runtime has no isolate to inspect.");
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve) => {
    socket.addEventListener("open", resolve);
  });
  await command(socket, 1, "HeapProfiler.enable");
  // The runtime never answers this one.
  void command(socket, 2, "HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0 } = (await command(socket, 3, "Runtime.getHeapUsage")) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  socket.close();
  return (usedSize + backingStorageSize) / 1024 / 1024;
}

function command(socket: WebSocket, id: number, method: string): Promise<unknown> {
  return new Promise((resolve) => {
    const onMessage = (event: { readonly data: unknown }): void => {
      const message = JSON.parse(String(event.data)) as { id?: number; result?: unknown };
      if (message.id !== id) return;
      socket.removeEventListener("message", onMessage);
      resolve(message.result);
    };
    socket.addEventListener("message", onMessage);
    socket.send(JSON.stringify({ id, method }));
  });
}

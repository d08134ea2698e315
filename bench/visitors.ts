import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  /** Status line and headers, as they came. */
  readonly head: string;
  readonly body: string;
}

/**
 * Sends a request again and again for a while, over keep-alive connections that each send the next request when
 * they have the answer to the last. They are opened for this turn, because the runtime closes idle ones after seconds,
 * and have had their first answer before anything is counted.
 *
 * @param clock What is to be divided by the number of answers, such as the processor time of the Worker's process.
 * @returns By how much the clock went on for each answer.
 */
export async function visit(
  port: number,
  request: Buffer,
  milliseconds: number,
  clock: () => number,
): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)));
  await Promise.all(sockets.map((socket) => send(socket, request)));
  const begin = clock();
  const end = performance.now() + milliseconds;
  const counts = await Promise.all(
    sockets.map(async (socket) => {
      let count = 0;
      do {
        await send(socket, request);
        count += 1;
      } while (performance.now() < end);
      return count;
    }),
  );
  const spent = clock() - begin;
  for (const socket of sockets) socket.destroy();
  return spent / counts.reduce((total, count) => total + count, 0);
}

/** One request and its answer. */
export async function ask(port: number, request: Buffer): Promise<Answer> {
  const socket = await open(port);
  const text = await send(socket, request);
  socket.destroy();
  const head = text.slice(0, text.indexOf("\r\n\r\n"));
  return { status: Number(head.slice(9, 12)), head, body: text.slice(head.length + 4) };
}

const CONNECTIONS = 8;

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").setNoDelay();
  await once(socket, "connect");
  return socket;
}

function send(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const onData = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
      if (!isComplete(text)) return;
      socket.off("data", onData).off("close", onClose);
      resolve(text);
    };
    const onClose = (): void => {
      reject(new Error(`The connection closed after: ${text}`));
    };
    socket.on("data", onData).on("close", onClose);
    socket.write(request);
  });
}

function isComplete(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  return length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= head + 4 + Number(length);
}

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { sum } from "./statistics.ts";

export interface Answer {
  readonly status: number;
  /** Status line and headers, as they came. */
  readonly head: string;
  readonly body: string;
}

/**
 * Visitors of one Worker on keep-alive connections, each of which sends its next request when it has the
 * answer to the last.
 */
export class Visitors {
  private constructor(readonly sockets: readonly Socket[]) {}

  static async arrive(port: number): Promise<Visitors> {
    return new Visitors(await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port))));
  }

  /**
   * Sends a request again and again for a while, at least once on each connection.
   * @returns The number of answers.
   */
  async visit(request: Buffer, milliseconds: number): Promise<number> {
    const end = performance.now() + milliseconds;
    const counts = this.sockets.map(async (socket) => {
      let count = 0;
      do {
        await send(socket, request);
        count += 1;
      } while (performance.now() < end);
      return count;
    });
    return sum(await Promise.all(counts));
  }

  leave(): void {
    for (const socket of this.sockets) socket.destroy();
  }
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

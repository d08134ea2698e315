import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** What a Worker reaches from the bench: an origin, and KV with one value. */
export interface Surroundings {
  readonly origin: string;
  readonly kv: string;
  /** What is in KV from now on: values by key. */
  store(values: ReadonlyMap<string, string>): void;
  close(): void;
}

/** Starts the origin and KV: both answer fixed bytes, as soon as they have all of a request. */
export async function startSurroundings(): Promise<Surroundings> {
  let values = new Map<string, Buffer>();
  const origin = await listen(() => ORIGIN_ANSWER);
  const kv = await listen((path) => values.get(/^\/([^?]*)/.exec(path)?.[1] ?? "") ?? NOT_FOUND);
  return {
    origin: origin.address,
    kv: kv.address,
    store: (texts) => {
      values = new Map([...texts].map(([key, text]) => [key, answer(text)]));
    },
    close: () => {
      origin.close();
      kv.close();
    },
  };
}

function answer(body: string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`), bytes]);
}

const ORIGIN_ANSWER = answer("the shop");
const NOT_FOUND = Buffer.from("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

async function listen(respond: (path: string) => Buffer): Promise<{ address: string; close: () => void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.setNoDelay());
    socket.on("error", () => socket.destroy());
    // Requests come one by one on a connection, and their heads in one piece.
    let isAtStart = true;
    let path = "";
    let isChunked = false;
    let missing = 0;
    socket.on("data", (chunk) => {
      if (isAtStart) {
        const head = chunk.toString("latin1", 0, chunk.indexOf("\r\n\r\n") + 2);
        path = head.split(" ", 2)[1] ?? "";
        isChunked = /\r\ntransfer-encoding: chunked/i.test(head);
        missing = head.length + 2 + Number(/\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1] ?? "0");
      }
      missing -= chunk.length;
      isAtStart = isChunked ? chunk.subarray(-5).equals(LAST_CHUNK) : missing === 0;
      if (isAtStart) socket.write(respond(path));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { address: `127.0.0.1:${address.port}`, close };
}

import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Bytes to answer with, as latin1, and what becomes of the connection then. */
export interface RawAnswer {
  readonly bytes?: string;
  /** `left-open` never ends what it began. Default `closed`. */
  readonly then?: "closed" | "reset" | "left-open";
  /** Milliseconds before the first byte. Default 0. */
  readonly afterMs?: number;
}

/** An origin that answers every request with the same bytes, and keeps what it was asked. */
export class RawOrigin {
  /** Each request as it came, headers and body. */
  readonly asked: string[] = [];
  /** What it answers, as latin1. */
  answer = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nthe shop";
  /** Answers in place of `answer` what it has an answer for. */
  answerTo: (request: string) => RawAnswer | undefined = () => undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => {
      this.#serve(socket);
    });
  }

  static async open(): Promise<RawOrigin> {
    const origin = new RawOrigin();
    await new Promise<void>((resolve) => origin.#server.listen(0, "127.0.0.1", resolve));
    return origin;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    let request = "";
    let answered = false;
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.on("data", (part) => {
      request += part.toString("latin1");
      if (answered || !isWhole(request)) return;
      answered = true;
      this.asked.push(request);
      const special = this.answerTo(request);
      if (special !== undefined) {
        setTimeout(send, special.afterMs ?? 0, socket, special).unref();
        return;
      }
      // What follows an answer that must not have a body would be taken for the answer to the next request.
      socket.end(Buffer.from(this.answer.replace("\r\n", CLOSING), "latin1"));
    });
  }
}

const CLOSING = "\r\nconnection: close\r\n";

function send(socket: Socket, { bytes = "", then = "closed" }: RawAnswer): void {
  // A client would use a connection again that is about to be closed, unless it is told.
  const said = /^HTTP\/1\.1 [\s\S]*\r\n\r\n/.test(bytes) ? bytes.replace("\r\n", CLOSING) : bytes;
  if (bytes !== "") socket.write(Buffer.from(said, "latin1"));
  if (then === "closed") socket.end();
  // What was written has to leave before the reset does.
  if (then === "reset") setImmediate(() => socket.resetAndDestroy());
}

function isWhole(request: string): boolean {
  const [head, body] = splitHead(request);
  if (body === undefined) return false;
  if (/^transfer-encoding: chunked/im.test(head)) return body.endsWith("0\r\n\r\n");
  return body.length >= Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
}

function splitHead(request: string): [string, string | undefined] {
  const end = request.indexOf("\r\n\r\n");
  return end === -1 ? [request, undefined] : [request.slice(0, end), request.slice(end + 4)];
}

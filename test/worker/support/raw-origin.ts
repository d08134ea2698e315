import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** An origin that answers every request with the same bytes, and keeps what it was asked. */
export class RawOrigin {
  /** Each request as it came, headers and body. */
  readonly asked: string[] = [];
  /** What it answers, as latin1. */
  answer = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nthe shop";
  readonly #server: Server;

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
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    let request = "";
    let answered = false;
    socket.on("error", () => undefined);
    socket.on("data", (part) => {
      request += part.toString("latin1");
      if (answered || !isWhole(request)) return;
      answered = true;
      this.asked.push(request);
      // What follows an answer that must not have a body would be taken for the answer to the next request.
      socket.end(Buffer.from(this.answer.replace("\r\n", "\r\nconnection: close\r\n"), "latin1"));
    });
  }
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

import { createHash } from "node:crypto";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Bytes to answer with, as latin1, and what becomes of the connection then. */
export interface RawAnswer {
  readonly bytes?: string;
  /** `left-open` never ends what it began. Default `closed`. */
  readonly then?: "closed" | "reset" | "left-open";
  /** Milliseconds before the first byte. Default 0. */
  readonly afterMs?: number;
  /** Whether it answers as soon as it has the head of a request. Default: it has the body, too. */
  readonly early?: boolean;
  /** How often the bytes behind the head come. Default 1. */
  readonly times?: number;
}

/** Stands in the bytes of an answer for the proof that the key of a WebSocket was read (RFC 6455, 4.2.2). */
export const PROOF = "{proof}";

function proofOf(request: string): string {
  const key = /^sec-websocket-key: (\S+)/im.exec(request)?.[1] ?? "";
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
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
    let missing = NaN;
    let answered = false;
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.on("data", (part) => {
      // Of a large body only the beginning is kept.
      if (request.length < KEPT) request += part.toString("latin1");
      missing = Number.isNaN(missing) ? missingOf(request) : missing - part.length;
      if (answered || Number.isNaN(missing)) return;
      const special = this.answerTo(request);
      if (special?.early !== true && !(missing <= 0 || request.endsWith("0\r\n\r\n"))) return;
      answered = true;
      this.asked.push(request);
      if (special !== undefined) {
        const bytes = (special.bytes ?? "").replace(PROOF, () => proofOf(request));
        setTimeout(send, special.afterMs ?? 0, socket, { ...special, bytes }).unref();
        return;
      }
      // What follows an answer that must not have a body would be taken for the answer to the next request.
      socket.end(Buffer.from(this.answer.replace("\r\n", CLOSING), "latin1"));
    });
  }
}

/** Bytes of a request that are kept; all of one in chunks. */
const KEPT = 1_000_000;
const CLOSING = "\r\nconnection: close\r\n";

function send(socket: Socket, { bytes = "", then = "closed", times = 1 }: RawAnswer): void {
  // A client would use a connection again that is about to be closed, unless it is told.
  const [head = "", body] = splitHead(bytes);
  const isHttp = bytes.startsWith("HTTP/1.1 ") && !bytes.startsWith("HTTP/1.1 101 ") && body !== undefined;
  const said = isHttp ? bytes.replace("\r\n", CLOSING) : bytes;
  if (bytes !== "") socket.write(Buffer.from(said, "latin1"));
  const again = Buffer.from(bytes.slice(head.length + 4), "latin1");
  for (let time = 1; time < times; time++) socket.write(again);
  if (then === "closed") socket.end();
  // What was written has to leave before the reset does.
  if (then === "reset") setImmediate(() => socket.resetAndDestroy());
}

/** Bytes of the body that have not come; NaN while the head has not, infinitely many of one in chunks. */
function missingOf(request: string): number {
  const [head, body] = splitHead(request);
  if (body === undefined) return NaN;
  if (/^transfer-encoding: chunked/im.test(head)) return Infinity;
  return Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0) - body.length;
}

function splitHead(request: string): [string, string | undefined] {
  const end = request.indexOf("\r\n\r\n");
  return end === -1 ? [request, undefined] : [request.slice(0, end), request.slice(end + 4)];
}

import { connect } from "node:net";
import { PROOF } from "./raw-origin.ts";
import type { Shop } from "./shop.ts";

/** Headers with which a visitor asks for a WebSocket. */
const UPGRADE = [
  "upgrade: websocket",
  "connection: Upgrade",
  "sec-websocket-version: 13",
  "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];

/** The bytes with which a site opens a WebSocket, as latin1; `RawOrigin` puts the proof in. */
export const OPENED = `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${PROOF}\r\n\r\n`;

/** A frame of a site, as latin1. */
export function frame(opcode: number, payload: string): string {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : 127;
  if (length >= 126) head.writeBigUInt64BE(BigInt(length), 2);
  return head.toString("latin1") + payload;
}

/** The last frame of a site. */
export function closing(code: number): string {
  return frame(8, String.fromCharCode(code >> 8, code & 0xff));
}

/** What came back to a visitor who asked for a WebSocket: the head of the answer, and what followed it. */
export interface SocketAnswer {
  readonly answer: string;
  readonly messages: readonly string[];
  /** The code with which the other side closed. */
  readonly closed: number | undefined;
}

/** Asks for a WebSocket, and listens until the connection ends. */
export async function askForSocket(shop: Shop, head: readonly string[]): Promise<SocketAnswer> {
  const { hostname, port } = await shop.address();
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${[...head, ...UPGRADE].join("\r\n")}\r\n\r\n`);
    });
    const parts: Buffer[] = [];
    socket.on("data", (part) => {
      parts.push(part);
      answer = Buffer.concat(parts).toString("latin1");
      const end = answer.indexOf("\r\n\r\n");
      if (end === -1) return;
      if (!answer.startsWith("HTTP/1.1 101")) socket.end();
      // A visitor who is told good-bye says so, too, masked as RFC 6455 wants.
      else if (framesOf(answer.slice(end + 4)).closed !== undefined) socket.end("\x88\x80\0\0\0\0", "latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      const end = answer.indexOf("\r\n\r\n");
      const frames = answer.startsWith("HTTP/1.1 101") ? answer.slice(end + 4) : "";
      resolve({ answer, ...framesOf(frames) });
    });
  });
}

function framesOf(bytes: string): { messages: string[]; closed: number | undefined } {
  const frames = Buffer.from(bytes, "latin1");
  const messages: string[] = [];
  for (let at = 0; at + 2 <= frames.length;) {
    const opcode = frames.readUInt8(at) & 0x0f;
    let length = frames.readUInt8(at + 1) & 0x7f;
    let start = at + 2;
    if (length === 126 && start + 2 <= frames.length) length = frames.readUInt16BE((start += 2) - 2);
    else if (length === 127 && start + 8 <= frames.length)
      length = Number(frames.readBigUInt64BE((start += 8) - 8));
    if (start + length > frames.length) break;
    const payload = frames.subarray(start, start + length);
    if (opcode === 8) return { messages, closed: length >= 2 ? payload.readUInt16BE(0) : 1005 };
    if (opcode <= 2) messages.push(payload.toString("latin1"));
    at = start + length;
  }
  return { messages, closed: undefined };
}

import { type IncomingMessage, type Server, ServerResponse, request as ask } from "node:http";
import type { Socket } from "node:net";
import { type Duplex, pipeline } from "node:stream";
import { HEADER_LIMIT } from "../../../cloudflare/header-limit.ts";

/** What a host answers that speaks WebSocket from now on. A Response cannot have this status. */
export interface Switched {
  readonly status: 101;
  readonly headers: Headers;
  /** The connection to it. */
  readonly socket: Duplex;
}

/** What a host answers to a request: a Response or, to a WebSocket's handshake only, its connection. */
export type Answer = Response | Switched;

export function isSwitched(answer: object): answer is Switched {
  return "status" in answer && answer.status === 101;
}

/** Whether a request asks to speak WebSocket, as Workers see it too: by its header `Upgrade`. */
export function isHandshake(request: Request): boolean {
  return request.headers.get("upgrade") === "websocket";
}

/** Whether a request that came in asks to speak WebSocket (RFC 6455, section 4.1). */
export function asksForWebSocket({ method, headers, upgrade }: UpgradingMessage): boolean {
  return upgrade === true && method === "GET" && headers.upgrade?.trim().toLowerCase() === "websocket";
}

/** Node says of every message whether its parser stopped at an upgrade; the types do not. */
type UpgradingMessage = IncomingMessage & { readonly upgrade?: boolean | null };

/**
 * Lets `listener` answer WebSocket handshakes like any other request. Any other upgrade that a client offers
 * is not taken up, as Cloudflare does: the request is answered as if it had none.
 *
 * @returns Ends every connection that was upgraded; a server does not know them any more.
 */
export function listenForUpgrades(
  server: Server,
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): () => void {
  const upgraded = new Set<Duplex>();
  // A server's connections are sockets; the type leaves room for those that somebody emits.
  server.on("upgrade", (incoming: UpgradingMessage, socket: Socket, head: Buffer) => {
    if (!asksForWebSocket(incoming)) {
      readAgain(server, incoming, socket, head);
      return;
    }
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    // A visitor may break off at any time; without this that would end the process.
    socket.on("error", () => socket.destroy());
    socket.unshift(head);
    const outgoing = new ServerResponse(incoming);
    outgoing.shouldKeepAlive = false;
    outgoing.assignSocket(socket);
    outgoing.once("finish", () => {
      socket.destroySoon();
    });
    listener(incoming, outgoing);
  });
  return () => {
    for (const socket of upgraded) socket.destroy();
  };
}

/** Gives a request back to the server, without the upgrade that it offered. */
function readAgain(server: Server, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method = "GET", url = "/", httpVersion, rawHeaders } = incoming;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.toLowerCase() !== "upgrade") lines.push(`${name}: ${rawHeaders[index + 1] ?? ""}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

/** Asks an HTTP server to speak WebSocket. What it answers otherwise comes as it is. */
export function askToSwitch(
  { hostname, port, pathname }: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Switched | IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = ask({
      host: hostname,
      port,
      path: pathname,
      signal,
      agent: false,
      maxHeaderSize: HEADER_LIMIT,
      headers: { ...headers, connection: "Upgrade", upgrade: "websocket" },
    });
    asking.once("error", reject);
    asking.once("response", resolve);
    asking.once("upgrade", (answer, socket, head) => {
      // Until the visitor is joined to it, it may break off by itself.
      socket.on("error", () => socket.destroy());
      socket.unshift(head);
      resolve({ status: 101, headers: toHeaders(answer), socket });
    });
    asking.end();
  });
}

/** Tells the visitor that the host has switched, and lets the two speak. */
export function joinSwitched({ headers, socket }: Switched, outgoing: ServerResponse): void {
  const visitor = outgoing.socket;
  if (visitor === null || visitor.destroyed) {
    socket.destroy();
    return;
  }
  outgoing.detachSocket(visitor);
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  const head = ["HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: websocket", ...lines];
  visitor.write(`${head.join("\r\n")}\r\n\r\n`, "latin1");
  visitor.setNoDelay(true);
  // Either end closes both; who broke off and why is their own affair.
  pipeline(visitor, socket, () => socket.destroy());
  pipeline(socket, visitor, () => visitor.destroy());
}

function toHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (!/^(?:connection|upgrade)$/i.test(name)) headers.append(name, rawHeaders[index + 1] ?? "");
  }
  return headers;
}

import { once } from "node:events";
import type { Readable } from "node:stream";
import { Agent, type Dispatcher, WebSocket, request } from "undici";

/** Finds every name on this machine: Node, unlike browsers, does not resolve names under localhost. */
const agent = new Agent({
  maxHeaderSize: 256 * 1024,
  connect: {
    lookup: (_hostname, _options, callback) => {
      callback(null, [{ address: "127.0.0.1", family: 4 }]);
    },
  },
});

interface BrowseOptions {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Record<string, string>;
  readonly body?: Readable;
  readonly signal?: AbortSignal;
}

/** Sends a request as a browser on this machine would; redirects are not followed. */
export function browse(url: string, options: BrowseOptions = {}): Promise<Dispatcher.ResponseData<unknown>> {
  return request(url, { dispatcher: agent, ...options });
}

/** Speaks WebSocket as a browser on this machine would; rejects when the handshake is answered otherwise. */
export async function openWebSocket(
  url: string,
  options: { readonly protocols?: string; readonly headers?: Record<string, string> } = {},
): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), { dispatcher: agent, ...options });
  const refused = once(socket, "error").then(() => {
    throw new Error("The handshake was refused.");
  });
  await Promise.race([once(socket, "open"), refused]);
  return socket;
}

import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { HEADER_LIMIT } from "../../../cloudflare/header-limit.ts";
import { sendResponse, toRequest } from "../http/node-http.ts";
import { type Answer, listenForUpgrades } from "../http/upgrade.ts";
import { answerGate, type KvGate } from "./kv-gate.ts";

/** Where the Workers' own `fetch()` calls go. */
export interface Outbound {
  /** Host and port, for the runtime. */
  readonly address: string;
  close(): void;
}

/**
 * Receives every subrequest of the Workers and hands it to `answer` under its real URL: the runtime sends it
 * in absolute form, as to a proxy, so nothing of it is lost and nothing leaves the machine. What the runtime asks
 * before a KV operation goes to `gate`.
 */
export async function startOutbound(
  answer: (request: Request) => Promise<Answer>,
  gate: KvGate | undefined,
): Promise<Outbound> {
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const url = incoming.url ?? "";
    Promise.resolve()
      .then(() => {
        const request = toRequest(incoming, outgoing, url);
        return (gate && answerGate(request, gate)) ?? answer(request);
      })
      .then((response) => sendResponse(response, outgoing))
      // The Worker sees a broken connection, as it would when an origin fails.
      .catch(() => outgoing.destroy());
  };
  // In absolute form a request needs no Host header, and the runtime sends none of its own.
  const server = createServer({ requireHostHeader: false, maxHeaderSize: HEADER_LIMIT }, listener);
  const endUpgraded = listenForUpgrades(server, listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The outbound server has no port.");
  return {
    address: `127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
      endUpgraded();
    },
  };
}

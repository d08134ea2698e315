import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { UserError } from "../../../errors/user-error.ts";
import { HEADER_LIMIT } from "../../../cloudflare/header-limit.ts";
import { listenForUpgrades } from "./upgrade.ts";

export interface Listener {
  readonly port: number;
  /** Ends the server and every open connection. */
  close(): Promise<void>;
}

/** Like a request listener of node:http, with the port it came in at. It gets WebSocket handshakes too. */
export type PortListener = (incoming: IncomingMessage, outgoing: ServerResponse, port: number) => void;

/**
 * Listens on both loopback addresses, since browsers may take either for a name under localhost; on the first
 * alone where the machine has no IPv6. Port 0 takes any free one.
 *
 * @throws UserError `port-in-use`.
 */
export async function listen(port: number, listener: PortListener): Promise<Listener> {
  const first = await open("127.0.0.1", port, listener);
  const taken = portOf(first.server);
  const servers = [first];
  try {
    servers.push(await open("::1", taken, listener));
  } catch (error) {
    // Another program on the IPv6 address would get the browser's requests.
    if (error instanceof UserError && port !== 0) {
      await close(first);
      throw error;
    }
  }
  return {
    port: taken,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

/** Why a port cannot be had, by the system's code. */
const REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken by another program. End that program",
  EACCES: "is for the system's own programs. Let this user have it",
};

interface OpenServer {
  readonly server: Server;
  readonly endUpgraded: () => void;
}

async function open(host: string, port: number, listener: PortListener): Promise<OpenServer> {
  const server = createServer({ maxHeaderSize: HEADER_LIMIT }, (incoming, outgoing) => {
    listener(incoming, outgoing, portOf(server));
  });
  const endUpgraded = listenForUpgrades(server, (incoming, outgoing) => {
    listener(incoming, outgoing, portOf(server));
  });
  try {
    server.listen(port, host);
    await once(server, "listening");
    return { server, endUpgraded };
  } catch (error) {
    const reason = REFUSALS[(error as NodeJS.ErrnoException).code ?? ""];
    if (reason === undefined) throw error;
    throw new UserError(
      "port-in-use",
      `Port ${port} on ${host} ${reason}, or choose another port with --port.`,
    );
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen.");
  return address.port;
}

async function close({ server, endUpgraded }: OpenServer): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  endUpgraded();
  await closed;
}

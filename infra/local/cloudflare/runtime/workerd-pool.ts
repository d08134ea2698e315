import type { Socket } from "node:net";
import { Pool, buildConnector } from "undici";
import { HEADER_LIMIT } from "../../../cloudflare/header-limit.ts";

/**
 * Connections to a workerd process. A visitor may wait and stream for as long as they like, so nothing times
 * out. workerd notices a visitor who has left only by a reset of the connection, hence the reset where undici
 * would close it.
 */
export function workerdPool(origin: string): Pool {
  const connectTo = buildConnector({});
  return new Pool(origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: HEADER_LIMIT,
    connect: (options, callback) => {
      connectTo(options, (...outcome) => {
        const [failure, socket] = outcome;
        // After a failure undici leaves the socket out, where its types say null.
        if (failure === null) resetOnAbort(socket);
        callback(...outcome);
      });
    },
  });
}

function resetOnAbort(socket: Socket): void {
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => (isUndiciError(error) ? socket.resetAndDestroy() : destroy(error));
}

function isUndiciError(error: Error | undefined): boolean {
  return error !== undefined && "code" in error && String(error.code).startsWith("UND_ERR_");
}

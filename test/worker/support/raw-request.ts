import { connect } from "node:net";
import type { Shop } from "./shop.ts";

/**
 * Sends bytes that no client library would send, and gives what came back.
 * @param head Request line and headers, without the empty line at their end.
 * @param body What follows; it may be shorter than announced.
 */
export async function rawRequest(
  shop: Pick<Shop, "address">,
  head: readonly string[],
  body = "",
): Promise<string> {
  const { hostname, port } = await shop.address();
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => {
      socket.end(Buffer.from(`${[...head, "connection: close"].join("\r\n")}\r\n\r\n${body}`, "latin1"));
    });
    socket.on("data", (part) => (answer += part.toString("latin1")));
    let fault: Error | undefined;
    // Who refuses a long body may have answered, and close while the rest is on its way.
    socket.on("error", (error) => (fault = error));
    socket.on("close", () => {
      if (fault === undefined || answer !== "") resolve(answer);
      else reject(fault);
    });
  });
}

import { Agent } from "undici";
import { HEADER_LIMIT } from "../../cloudflare/header-limit.ts";
import { type Reach, reachThrough } from "../../verify/reach.ts";
import { toLocalUrl, toRealUrl } from "../cloudflare/edge/local-hosts.ts";

/**
 * The sites of a local Cloudflare.
 *
 * @param port Where its edge listens on this machine.
 */
export function reachLocalEdge(port: number): Reach {
  // Node's resolver does not know names under localhost.
  const lookup: NonNullable<Agent.Options["connect"]> = {
    lookup: (_hostname, _options, callback) => {
      callback(null, [{ address: "127.0.0.1", family: 4 }]);
    },
  };
  const hosts = { port, knows: () => true };
  return reachThrough(
    new Agent({ connect: lookup, maxHeaderSize: HEADER_LIMIT }),
    (url) => toLocalUrl(url, hosts),
    (url) => toRealUrl(url, hosts),
  );
}

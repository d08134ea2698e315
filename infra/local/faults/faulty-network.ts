import type { Handler, LocalNetwork } from "../cloudflare/edge/network.ts";
import type { Faults } from "./faults.ts";

/**
 * The network with its faults of the moment: the origin as Cloudflare tells of one that refuses connections, and
 * Queue-it's hosts, which answer nobody. The machine's own name, and with it the dashboard, always answers.
 */
export function withFaults({ account, origin, directHost }: LocalNetwork, faults: Faults): LocalNetwork {
  return {
    account,
    origin: failing(origin, () => faults.stateOf("origin"), ORIGIN_DOWN),
    directHost: (host) => {
      const handler = directHost(host);
      if (handler === undefined || host === "localhost") return handler;
      return failing(handler, () => faults.stateOf("queueIt"), QUEUE_IT_DOWN);
    },
  };
}

const ORIGIN_DOWN = { status: 521, text: "error code: 521\n" } as const;

const QUEUE_IT_DOWN = {
  status: 503,
  text: "Queue-it is switched off on the dashboard: nobody reaches its hosts until it is switched on again.\n",
} as const;

function failing(
  handler: Handler,
  state: () => Promise<"works" | "down">,
  { status, text }: typeof ORIGIN_DOWN | typeof QUEUE_IT_DOWN,
): Handler {
  return async (request) => {
    if ((await state()) === "works") return handler(request);
    // Nobody reads what was sent, and a connection does not wait for it.
    await request.body?.cancel();
    return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
  };
}

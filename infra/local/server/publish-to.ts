import type { ConnectorSpec } from "../../connector/specification.ts";
import type { LocalAccount } from "../cloudflare/account.ts";
import { compileRoutes } from "../cloudflare/route-table.ts";

/** Whether a publish call would reach the Worker of the environment now. */
export function isDeployed(account: LocalAccount, { publishUrl, worker }: ConnectorSpec): boolean {
  return compileRoutes(account.routes)(new URL(publishUrl))?.script === worker.name;
}

/**
 * Sends a publish call to every address in turn. The first refusal is the answer; without one, the last answer is.
 *
 * @param addresses Real URLs, asked for at each call.
 */
export function publishTo(
  addresses: () => readonly string[],
  send: (request: Request) => Promise<Response>,
): (call: Request) => Promise<Response> {
  return async (call) => {
    const { method, headers } = call;
    const body = await call.text();
    let answer = new Response("No environment is deployed that Queue-it publishes to.", { status: 502 });
    for (const address of addresses()) {
      answer = await send(new Request(address, { method, headers, body }));
      if (!answer.ok) break;
    }
    return answer;
  };
}

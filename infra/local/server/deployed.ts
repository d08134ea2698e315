import type { ConnectorSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { compileRoutes } from "../../cloudflare/route-table.ts";
import { isProtected } from "../../verify/sample-urls.ts";

/** Whether the routes of the environment hand a publish call to its Worker, once they are all there. */
export function takesPublishCalls({ routes, publishUrl }: ConnectorSpec): boolean {
  return isProtected(routes, publishUrl);
}

/** Whether the Worker of the environment is reached now: by a publish call, where it takes any. */
export function isDeployed(account: LocalAccount, spec: ConnectorSpec): boolean {
  const { publishUrl, worker } = spec;
  if (takesPublishCalls(spec)) {
    return compileRoutes(account.routes)(new URL(publishUrl))?.script === worker.name;
  }
  return account.routes.some(({ script }) => script === worker.name);
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
    let answer = new Response(
      "No deployed environment has an address that Queue-it's platform could publish to.",
      { status: 502 },
    );
    for (const address of addresses()) {
      answer = await send(new Request(address, { method, headers, body }));
      if (!answer.ok) break;
    }
    return answer;
  };
}

import type { LocalAccount } from "../account/account.ts";
import type { Answer } from "../http/upgrade.ts";

/** A server in the style of fetch. One that speaks WebSocket may answer a handshake with its connection. */
export type Handler = (request: Request) => Answer | Promise<Answer>;

/** What answers on this machine in the place of the internet. */
export interface LocalNetwork {
  readonly account: LocalAccount;
  /** The site behind Cloudflare: answers for every host in the account's zones. */
  readonly origin: Handler;
  /**
   * Hosts that are not behind Cloudflare, for example `acme.queue-it.net`, even where their name is in a
   * zone. `localhost` is the machine itself.
   */
  readonly directHost: (host: string) => Handler | undefined;
}

/** Whether a hostname is in one of the account's zones. */
export function isInZone(account: LocalAccount, host: string): boolean {
  return account.zones.some(({ name }) => host === name || host.endsWith(`.${name}`));
}

/**
 * Answers the Workers' own requests: the site directly, without passing the Worker again, and direct hosts.
 * Any other host gets a 502 that names it: nothing leaves the machine.
 */
export function createOutbound({
  account,
  origin,
  directHost,
}: LocalNetwork): (request: Request) => Promise<Answer> {
  return async (request) => {
    const host = new URL(request.url).hostname;
    // The machine itself is for the person in front of it, not for Workers.
    const handler = host === "localhost" ? undefined : directHost(host);
    if (handler !== undefined) return await handler(request);
    if (isInZone(account, host)) return await origin(request);
    return new Response(
      `The local Cloudflare has no host ${host}: a Worker's requests reach the site's own hosts and the local Queue-it, nothing else.\n`,
      { status: 502, headers: { "content-type": "text/plain; charset=utf-8" } },
    );
  };
}

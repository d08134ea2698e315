import { asciiHostname } from "../../cloudflare/hostname.ts";
import { acceptedConfiguration } from "../../queue-it/accepted-configuration.ts";

/**
 * Whether a host is Queue-it's: the customer's own, or one that an action of the current configuration names.
 *
 * @param current Gives the current configuration as JSON.
 */
export function waitingRoomHosts(customerId: string, current: () => string): (host: string) => boolean {
  let seen: string | undefined;
  let hosts = new Set<string>();
  return (host) => {
    const json = current();
    if (json !== seen) {
      const { Integrations } = acceptedConfiguration(json);
      const named = (Integrations ?? []).flatMap(({ QueueDomain }) => QueueDomain ?? []);
      hosts = new Set([`${customerId}.queue-it.net`, ...named].map(asciiHostname));
      seen = json;
    }
    return hosts.has(host);
  };
}

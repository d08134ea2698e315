import { asciiHostname } from "../../routes/hostname.ts";
import { refusals } from "./errors.ts";
import type { CustomDomain, Zone } from "./model.ts";
import { newId } from "./new-id.ts";

/** The custom domains of an account. Every method throws CloudflareError when Cloudflare would refuse. */
export class CustomDomains {
  readonly #domains = new Map<string, CustomDomain>();

  constructor(domains: readonly CustomDomain[] = []) {
    for (const domain of domains) this.#domains.set(domain.id, domain);
  }

  get all(): readonly CustomDomain[] {
    return [...this.#domains.values()];
  }

  get(id: string): CustomDomain {
    const domain = this.#domains.get(id);
    if (domain === undefined) throw refusals.domainNotFound();
    return domain;
  }

  at(hostname: string): CustomDomain | undefined {
    return this.all.find((domain) => domain.hostname === hostname);
  }

  /** Attaches a hostname to a Worker, in place of the one it was attached to. */
  put(zones: readonly Zone[], written: string, script: string): CustomDomain {
    const hostname = asciiHostname(written);
    const zone = zones.find(({ name }) => hostname === name || hostname.endsWith(`.${name}`));
    if (zone === undefined) throw refusals.domainNotInZone(hostname);
    const domain = { id: this.at(hostname)?.id ?? newId(), zoneId: zone.id, hostname, script };
    this.#domains.set(domain.id, domain);
    return domain;
  }

  delete(id: string): void {
    this.get(id);
    this.#domains.delete(id);
  }
}

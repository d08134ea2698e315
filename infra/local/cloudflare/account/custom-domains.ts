import { asciiHostname, hostnameProblem } from "../../../cloudflare/hostname.ts";
import { refusals } from "./refusals.ts";
import type { CustomDomain, Zone } from "./model.ts";
import { newId } from "./new-id.ts";
import { zoneOfHost } from "./zone-of-host.ts";

/** Cloudflare has a lower limit for each zone; this is for the account. */
const MOST = 1000;

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
  put(zones: readonly Zone[], hostname: string, script: string): CustomDomain {
    const domain = this.#allowed(zones, hostname, script);
    this.#domains.set(domain.id, domain);
    this.#assertWithinLimit();
    return domain;
  }

  /** Attaches these hostnames, and no others, to a Worker. When one is refused, nothing changes. */
  setOf(zones: readonly Zone[], hostnames: readonly string[], script: string): readonly CustomDomain[] {
    const wanted = new Map(
      hostnames
        .map((hostname) => this.#allowed(zones, hostname, script))
        .map((domain) => [domain.hostname, domain]),
    );
    const own = this.all.filter((domain) => domain.script === script);
    for (const { id, hostname } of own) if (!wanted.has(hostname)) this.#domains.delete(id);
    for (const domain of wanted.values()) this.#domains.set(domain.id, domain);
    this.#assertWithinLimit();
    return [...wanted.values()];
  }

  /** What is refused here has changed a copy only. */
  #assertWithinLimit(): void {
    if (this.#domains.size > MOST) throw refusals.accountFull(`${MOST} custom domains in an account`);
  }

  #allowed(zones: readonly Zone[], written: string, script: string): CustomDomain {
    const problem = hostnameProblem(written);
    if (problem !== undefined) throw refusals.hostnameNotValid(written, problem.what);
    const hostname = asciiHostname(written);
    const zone = zoneOfHost(zones, hostname);
    if (zone === undefined) throw refusals.domainNotInZone(hostname);
    return { id: this.at(hostname)?.id ?? newId(), zoneId: zone.id, hostname, script };
  }

  delete(id: string): void {
    this.get(id);
    this.#domains.delete(id);
  }
}

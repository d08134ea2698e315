import { asciiHostname } from "../cloudflare/hostname.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { failureWords, siteWords, switchOnRemedy } from "../specification/switch-words.ts";
import { knownSwitches } from "../specification/switches.ts";
import { type Check, check, CheckFailed, NotTried } from "./check.ts";

/** Nothing is switched; each thing that is says since when, by whom and why. */
export async function* checkSwitches({
  switches,
  environment,
}: Pick<ConnectorSpec, "switches" | "environment">): AsyncGenerator<Check> {
  if (switches === undefined) return;
  if (typeof switches === "string") {
    yield check({ name: "the switch" }, () => {
      throw new NotTried(
        `whether a site is switched off is not known: ${switches}`,
        "set CLOUDFLARE_API_TOKEN, then verify again",
      );
    });
    return;
  }
  for (const site of switches.sites) {
    yield await check({ name: `${site.host} is switched on`, host: site.host }, () => {
      throw new CheckFailed(
        `${siteWords(site)}; nothing else of this host was tried`,
        `when the reason is gone: ${switchOnRemedy(environment)}`,
      );
    });
  }
  const { failure } = switches;
  if (failure !== undefined) {
    yield await check({ name: "the failure mode is as deployed" }, () => {
      throw new CheckFailed(
        failureWords(failure),
        `when the reason is gone: npx queueit-cf switch failure ${failure.was} ${environment}`,
      );
    });
  }
  if (switches.sites.length === 0 && failure === undefined) {
    yield await check({ name: "the switch" }, () => "nothing is switched off");
  }
}

/** Which hosts are tried: a site that is off does nothing of what it is deployed for, and says so once. */
export function triedHosts(switches: ConnectorSpec["switches"]): (host: string) => boolean {
  const off = new Set(knownSwitches(switches).sites.map(({ host }) => host));
  return (host) => !off.has(host.startsWith("*") ? host : asciiHostname(host));
}

import { z } from "zod";
import type { CloudflareAccess } from "../account/read-api.ts";
import { answerWords, askCloudflare, isRefused } from "./ask-cloudflare.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { SeenZone } from "./zone-check.ts";

const records = z.array(z.object({ name: z.string(), type: z.string(), proxied: z.boolean().optional() }));

/** Records that lead a visitor somewhere. */
const LEADING = new Set(["A", "AAAA", "CNAME"]);

/** Whether Cloudflare answers for each hostname: only then a Worker sees its pages. Needs a right that is optional. */
export async function checkDns(
  hostnames: readonly string[],
  zones: readonly SeenZone[],
  access: CloudflareAccess,
): Promise<readonly Finding[]> {
  return Promise.all(hostnames.map((hostname) => checkHost(hostname, zones, access)));
}

async function checkHost(
  hostname: string,
  zones: readonly SeenZone[],
  access: CloudflareAccess,
): Promise<Finding> {
  const { ok, problem, notTried } = findingsOf("dns");
  const zone = zones.find(({ name }) => hostname === name || hostname.endsWith(`.${name}`));
  if (zone === undefined) return notTried(`the DNS record of ${hostname}: its zone was not seen`);
  for (const name of recordNames(hostname, zone.name)) {
    const answer = await askCloudflare(
      access,
      `/zones/${zone.id}/dns_records?name=${encodeURIComponent(name)}&per_page=50`,
    );
    if (isRefused(answer)) {
      return notTried(
        `whether ${hostname} is proxied: the token may not read DNS records, which no deploy needs`,
        "look at the record in the dashboard (the cloud has to be orange), or add Zone · DNS · Read to the token",
      );
    }
    const found = records.safeParse(answer.result);
    if (!found.success)
      return notTried(`whether ${hostname} is proxied: Cloudflare answered ${answerWords(answer)}`);
    const leading = found.data.filter(({ type }) => LEADING.has(type));
    if (leading.length === 0) continue;
    const bare = leading.find(({ proxied = false }) => !proxied);
    if (bare === undefined) return ok(`${hostname} is proxied by Cloudflare (record ${name})`);
    return problem(
      `${hostname} is not proxied (${bare.type} record ${name}): visitors go past the Worker`,
      "switch the record to Proxied in the dashboard (DNS)",
    );
  }
  return problem(
    `${hostname} has no DNS record in the zone ${zone.name}`,
    "create one, proxied, in the dashboard (DNS)",
  );
}

/** The name itself, then the wildcards that stand for it, nearest first. */
function recordNames(hostname: string, zone: string): readonly string[] {
  const names = [hostname];
  for (let rest = hostname; rest !== zone && rest.includes(".");) {
    rest = rest.slice(rest.indexOf(".") + 1);
    names.push(`*.${rest}`);
  }
  return names;
}

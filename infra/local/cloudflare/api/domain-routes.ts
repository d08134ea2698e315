import { domainToASCII } from "node:url";
import { Hono } from "hono";
import { z } from "zod";
import { parsePattern } from "../../../cloudflare/route-pattern.ts";
import { refusals } from "../account/refusals.ts";
import type { CustomDomain, Zone } from "../account/model.ts";
import { zoneOfHost } from "../account/zone-of-host.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { answer } from "./envelope.ts";
import { presentRoute } from "./zone-routes.ts";

const PATH = "/accounts/:account/workers/domains";
const SCRIPT = "/accounts/:account/workers/scripts/:script";

/** Longer than any name, shorter than what would be a burden. */
const text = z.string().max(4096);
/** Cloudflare's limit for the routes of a zone; an account has fewer custom domains. */
const MOST = 1000;

const domainBody = z.object({ hostname: text, service: text, zone_id: text.optional() });
const originsBody = z
  .array(z.unknown())
  .max(MOST)
  .pipe(z.array(z.object({ hostname: text })));
const recordsBody = z.object({ origins: originsBody });
const routesBody = z
  .array(z.unknown())
  .max(MOST)
  .pipe(z.array(z.object({ pattern: text, zone_id: text.optional(), zone_name: text.optional() })));

/** Custom domains, and the two calls by which wrangler sets all of a Worker's domains and routes at once. */
export function domainRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const present = ({ id, hostname, script, zoneId }: CustomDomain) => ({
    id,
    hostname,
    service: script,
    environment: "production",
    zone_id: zoneId,
    zone_name: account.zones.find((zone) => zone.id === zoneId)?.name ?? "",
    cert_id: "",
  });
  const zoneOf = ({ pattern, zone_id, zone_name }: z.output<typeof routesBody>[number]): Zone => {
    const parsed = parsePattern(pattern);
    if (!parsed.ok) throw refusals.routePatternNotValid(`${pattern} ${parsed.problem}`);
    const { host } = parsed.pattern;
    const named = zone_name === undefined ? host.replace(/^\./, "") : domainToASCII(zone_name);
    const zone =
      zone_id === undefined
        ? zoneOfHost(account.zones, named)
        : account.zones.find(({ id }) => id === zone_id);
    if (zone === undefined) throw refusals.domainNotInZone(named);
    return zone;
  };
  const routes = new Hono<ApiEnv>();
  const find = ({ zone_id, zone_name, service, hostname }: Readonly<Record<string, string>>) =>
    account.domains
      .map(present)
      .filter(
        (domain) =>
          (zone_id === undefined || domain.zone_id === zone_id) &&
          (zone_name === undefined || domain.zone_name === domainToASCII(zone_name)) &&
          (service === undefined || domain.service === service) &&
          (hostname === undefined || domain.hostname === domainToASCII(hostname)),
      );
  routes
    .get(PATH, (c) => answer(find(c.req.query())))
    .get(`${PATH}/records`, (c) => answer(find(c.req.query())))
    .put(PATH, async (c) => {
      const { hostname, service } = await readJson(c.req.raw, domainBody);
      return answer(present(await account.putDomain(hostname, service)));
    })
    .get(`${PATH}/records/:domain`, (c) => answer(present(account.domain(c.req.param("domain")))))
    .get(`${PATH}/:domain`, (c) => answer(present(account.domain(c.req.param("domain")))))
    .delete(`${PATH}/:domain`, async (c) => {
      await account.deleteDomain(c.req.param("domain"));
      return answer(null);
    })
    .post(`${SCRIPT}/domains/changeset`, async (c) => {
      const origins = (await readJson(c.req.raw, originsBody)).map(({ hostname }) => ({
        hostname: domainToASCII(hostname),
      }));
      const taken = account.domains.filter(({ hostname }) =>
        origins.some((origin) => origin.hostname === hostname),
      );
      const added = origins.filter(({ hostname }) => !taken.some((domain) => domain.hostname === hostname));
      const updated = taken.map((domain) => ({
        ...present(domain),
        modified: domain.script !== c.req.param("script"),
      }));
      return answer({ added, removed: [], updated, conflicting: [] });
    })
    .put(`${SCRIPT}/domains/records`, async (c) => {
      const { origins } = await readJson(c.req.raw, recordsBody);
      const name = c.req.param("script");
      const hostnames = origins.map(({ hostname }) => hostname);
      return answer((await account.setDomainsOf(name, hostnames)).map(present));
    })
    .put(`${SCRIPT}/routes`, async (c) => {
      const name = c.req.param("script");
      const wanted = (await readJson(c.req.raw, routesBody)).map((route) => ({
        pattern: route.pattern,
        zoneId: zoneOf(route).id,
      }));
      return answer((await account.setRoutesOf(name, wanted)).map(presentRoute));
    });
  return routes;
}

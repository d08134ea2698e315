import { Hono } from "hono";
import { z } from "zod";
import { refusals } from "../errors.ts";
import type { CustomDomain, Zone } from "../model.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { presentRoute } from "./zone-routes.ts";

const PATH = "/accounts/:account/workers/domains";
const SCRIPT = "/accounts/:account/workers/scripts/:script";

const domainBody = z.object({ hostname: z.string(), service: z.string(), zone_id: z.string().optional() });
const originsBody = z.array(z.object({ hostname: z.string() }));
const recordsBody = z.object({ origins: originsBody });
const routesBody = z.array(
  z.object({ pattern: z.string(), zone_id: z.string().optional(), zone_name: z.string().optional() }),
);

/** Custom domains, and the two calls by which wrangler sets all of a Worker's domains and routes at once. */
export function domainRoutes({ account }: ApiContext): Hono {
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
    const host = pattern
      .replace(/^https?:\/\//, "")
      .replace(/^\*\.?/, "")
      .replace(/[/:].*$/s, "");
    const zone = account.zones.find(({ id, name }) =>
      zone_id !== undefined ? id === zone_id : (zone_name ?? host) === name || host.endsWith(`.${name}`),
    );
    if (zone === undefined) throw refusals.domainNotInZone(host);
    return zone;
  };
  const routes = new Hono();
  routes
    .get(PATH, (c) => {
      const { zone_id, zone_name, service, hostname } = c.req.query();
      const found = account.domains
        .map(present)
        .filter(
          (domain) =>
            (zone_id === undefined || domain.zone_id === zone_id) &&
            (zone_name === undefined || domain.zone_name === zone_name) &&
            (service === undefined || domain.service === service) &&
            (hostname === undefined || domain.hostname === hostname),
        );
      return answer(found);
    })
    .put(PATH, async (c) => {
      const { hostname, service } = await readJson(c.req.raw, domainBody);
      return answer(present(account.putDomain(hostname, service)));
    })
    .get(`${PATH}/records/:domain`, (c) => answer(present(account.domain(c.req.param("domain")))))
    .get(`${PATH}/:domain`, (c) => answer(present(account.domain(c.req.param("domain")))))
    .delete(`${PATH}/:domain`, (c) => {
      account.deleteDomain(c.req.param("domain"));
      return answer(null);
    })
    .post(`${SCRIPT}/domains/changeset`, async (c) => {
      const origins = await readJson(c.req.raw, originsBody);
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
      const domains = origins.map(({ hostname }) => account.putDomain(hostname, name));
      for (const { id, script } of account.domains) {
        if (script === name && !domains.some((domain) => domain.id === id)) account.deleteDomain(id);
      }
      return answer(domains.map(present));
    })
    .put(`${SCRIPT}/routes`, async (c) => {
      const name = c.req.param("script");
      account.script(name);
      const wanted = (await readJson(c.req.raw, routesBody)).map((route) => ({
        pattern: route.pattern,
        zone: zoneOf(route),
      }));
      const kept = wanted.map(({ pattern, zone }) => {
        const before = account.routes.find((route) => route.pattern === pattern && route.script === name);
        return before ?? account.createRoute(zone.id, pattern, name);
      });
      for (const route of account.routes) {
        if (route.script === name && !kept.some(({ id }) => id === route.id)) account.deleteRoute(route.id);
      }
      return answer(kept.map(presentRoute));
    });
  return routes;
}

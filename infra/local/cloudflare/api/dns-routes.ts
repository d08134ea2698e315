import { Hono } from "hono";
import { createHash } from "node:crypto";
import { refusals } from "../account/refusals.ts";
import type { ApiContext } from "./context.ts";
import { BEGINNING } from "./identity.ts";
import { answerPage } from "./paging.ts";
import type { ApiEnv } from "./shown-token.ts";

/**
 * DNS records of a zone, to be read. The edge on this machine answers every name of a zone, so that its records are the
 * zone's own name and all names below it, proxied.
 */
export function dnsRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get("/zones/:zone/dns_records", (c) => {
    const zone = account.zones.find(({ id }) => id === c.req.param("zone"));
    if (zone === undefined) throw refusals.zoneNotFound(c.req.param("zone"));
    const wanted = c.req.query("name") ?? c.req.query("name.exact");
    const names = [zone.name, `*.${zone.name}`].filter((name) => wanted === undefined || name === wanted);
    return answerPage(names, c.req.query(), 100, (name) => ({
      id: createHash("sha256").update(`${zone.id} ${name}`).digest("hex").slice(0, 32),
      name,
      type: "A",
      // Of the addresses that documents may use (RFC 5737).
      content: "192.0.2.1",
      proxied: true,
      proxiable: true,
      ttl: 1,
      created_on: BEGINNING,
      modified_on: BEGINNING,
    }));
  });
  return routes;
}

import { domainToASCII } from "node:url";
import { Hono } from "hono";
import { z } from "zod";
import { zoneSpelling } from "../../../cloudflare/hostname.ts";
import { refusals } from "../account/refusals.ts";
import type { Route, Zone } from "../account/model.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { BEGINNING } from "./identity.ts";
import { answerPage } from "./paging.ts";
import { type ApiEnv, mayDo, zoneResource } from "./shown-token.ts";

/** Longer than any pattern that a URL can match. */
const text = z.string().max(4096);
const routeBody = z.object({ pattern: text, script: text.nullish().transform(asScript) });

/** Zones, and the routes in them. */
export function zoneRoutes(context: ApiContext): Hono<ApiEnv> {
  const { account } = context;
  const routeOf = (zone: string, id: string): Route => {
    const route = account.routes.find((candidate) => candidate.id === id && candidate.zoneId === zone);
    if (route === undefined) throw refusals.routeNotFound();
    return route;
  };
  const routes = new Hono<ApiEnv>();
  routes
    .use("/zones/:zone/*", async (c, next) => {
      zoneOf(context, c.req.param("zone"));
      await next();
    })
    .get("/zones", (c) => {
      const zones = account.zones
        .filter((zone) => mayDo(c.env.shown, ["Zone Read", "Zone Write"], zoneResource(account, zone)))
        .filter((zone) => matches(presentZone(zone, context), c.req.query()));
      return answerPage(zones, c.req.query(), 50, (zone) => presentZone(zone, context));
    })
    .get("/zones/:zone", (c) => answer(presentZone(zoneOf(context, c.req.param("zone")), context)))
    .get("/zones/:zone/workers/routes", (c) =>
      answer(account.routes.filter(({ zoneId }) => zoneId === c.req.param("zone")).map(presentRoute)),
    )
    .post("/zones/:zone/workers/routes", async (c) => {
      const { pattern, script } = await readJson(c.req.raw, routeBody);
      return answer(presentRoute(await account.createRoute(c.req.param("zone"), pattern, script)));
    })
    .get("/zones/:zone/workers/routes/:route", (c) =>
      answer(presentRoute(routeOf(c.req.param("zone"), c.req.param("route")))),
    )
    .put("/zones/:zone/workers/routes/:route", async (c) => {
      const { id } = routeOf(c.req.param("zone"), c.req.param("route"));
      const { pattern, script } = await readJson(c.req.raw, routeBody);
      return answer(presentRoute(await account.replaceRoute(id, pattern, script)));
    })
    .delete("/zones/:zone/workers/routes/:route", async (c) => {
      const { id } = routeOf(c.req.param("zone"), c.req.param("route"));
      await account.deleteRoute(id);
      return answer({ id });
    });
  return routes;
}

/** The SDK clears a route's Worker with null, the dashboard with an empty name. */
function asScript(script: string | null | undefined): string | undefined {
  return script === null || script === "" ? undefined : script;
}

export function presentRoute({ id, pattern, script }: Route) {
  return script === undefined ? { id, pattern } : { id, pattern, script };
}

function zoneOf({ account }: ApiContext, id: string): Zone {
  const zone = account.zones.find((candidate) => candidate.id === id);
  if (zone === undefined) throw refusals.zoneNotFound(id);
  return zone;
}

function presentZone({ id, name: asciiName }: Zone, { account, accountName }: ApiContext) {
  const name = zoneSpelling(asciiName);
  return {
    id,
    name,
    status: "active",
    paused: false,
    type: "full",
    development_mode: 0,
    name_servers: ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"],
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    created_on: BEGINNING,
    modified_on: BEGINNING,
    activated_on: BEGINNING,
    meta: { step: 2, custom_certificate_quota: 0, page_rule_quota: 3, phishing_detected: false },
    owner: { id: null, type: "user", email: null },
    account: { id: account.id, name: accountName },
    tenant: { id: null, name: null },
    tenant_unit: { id: null },
    permissions: ["#worker:edit", "#worker:read", "#zone:read"],
    plan: {
      id: "0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
      name: "Free Website",
      price: 0,
      currency: "USD",
      frequency: "",
      is_subscribed: false,
      can_subscribe: false,
      legacy_id: "free",
      legacy_discount: false,
      externally_managed: false,
    },
  };
}

/** Cloudflare's filters of a zone list. `name` may carry an operator, of which two are known here. */
function matches(zone: ReturnType<typeof presentZone>, query: Readonly<Record<string, string>>): boolean {
  const conditions = [
    query["name"] === undefined || nameMatches(zone.name, query["name"]),
    query["status"] === undefined || query["status"] === zone.status,
    query["account.id"] === undefined || query["account.id"] === zone.account.id,
    query["account.name"] === undefined || query["account.name"] === zone.account.name,
  ];
  return conditions.every(Boolean);
}

function nameMatches(name: string, wanted: string): boolean {
  const lower = wanted.toLowerCase();
  if (lower.startsWith("contains:")) return name.includes(lower.slice("contains:".length));
  const whole = lower.replace(/^equal:/, "");
  return name === whole || name === domainToASCII(whole);
}

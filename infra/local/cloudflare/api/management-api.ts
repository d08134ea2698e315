import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import { matchedRoutes } from "hono/route";
import type { LocalAccount } from "../account/account.ts";
import { apiRefusals } from "./api-errors.ts";
import type { ApiContext } from "./context.ts";
import { dnsRoutes } from "./dns-routes.ts";
import { domainRoutes } from "./domain-routes.ts";
import { refusalFor, refuse } from "./envelope.ts";
import { reasonWithoutSecrets } from "./fault-reason.ts";
import { findGap } from "./gaps.ts";
import { createGuard } from "./guard.ts";
import { identityRoutes } from "./identity-routes.ts";
import { kvBulkRoutes } from "./kv-bulk-routes.ts";
import { kvRoutes } from "./kv-routes.ts";
import { endTurn } from "./large-bodies.ts";
import { scriptPartsRoutes } from "./script-parts-routes.ts";
import { scriptRoutes } from "./script-routes.ts";
import { secretsStoreRoutes } from "./secrets-store-routes.ts";
import type { ApiEnv } from "./shown-token.ts";
import { requirePermission } from "./token-check.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { versionRoutes } from "./version-routes.ts";
import { zoneRoutes } from "./zone-routes.ts";

export interface ManagementApiOptions {
  readonly account: LocalAccount;
  /**
   * The API token that may do everything. Beside it those of the account are taken, each for what it may do; any other
   * is refused, and never repeated.
   */
  readonly token: string;
  /**
   * Name of the account, for people.
   * @default "Local Cloudflare"
   */
  readonly accountName?: string;
  /**
   * Called after a request that may have changed something, before it is answered.
   * @default does nothing
   */
  readonly changed?: () => Promise<void>;
  /** Gets a sentence for every fault of the local Cloudflare itself. Never holds a secret. */
  readonly log: (line: string) => void;
}

/** The management API as a server in the style of fetch. */
export interface ManagementApi {
  /** Every route it answers, in the order of its parts; parameters of a path begin with a colon. */
  readonly routes: readonly EmulatedRoute[];
  /** Answers a request to `/client/v4/…`. Its Host header has to be local. */
  fetch(request: Request): Promise<Response>;
}

export interface EmulatedRoute {
  readonly method: string;
  /** Without `API_BASE`. */
  readonly path: string;
}

/** Path that every address of the API begins with, as on the real Cloudflare. */
export const API_BASE = "/client/v4";

/** Cloudflare's management API for one local account: its paths, envelopes, error codes and rules. */
export function createManagementApi(options: ManagementApiOptions): ManagementApi {
  const { account, token, accountName = "Local Cloudflare", changed, log } = options;
  const guard = createGuard(token, (value) => account.tokens.withValue(value));
  const app = routesOf({ account, accountName }, log);
  const respond = async (request: Request): Promise<Response> => {
    const shown = guard(request);
    if (shown instanceof Response) return shown;
    const response = await app.fetch(request, { shown });
    if (request.method !== "GET" && request.method !== "HEAD") await changed?.();
    return response;
  };
  return {
    // What is for all methods is a check before the routes, and answers nothing itself.
    routes: app.routes.flatMap(({ method, path }) =>
      method === "ALL" ? [] : [{ method, path: path.slice(API_BASE.length) }],
    ),
    fetch: async (request) => {
      const response = await respond(request).finally(() => {
        endTurn(request);
      });
      response.headers.set("cf-ray", `${randomBytes(8).toString("hex")}-LOC`);
      return response;
    },
  };
}

function routesOf(context: ApiContext, log: ManagementApiOptions["log"]): Hono<ApiEnv> {
  const parts: readonly ((context: ApiContext) => Hono<ApiEnv>)[] = [
    identityRoutes,
    tokenRoutes,
    zoneRoutes,
    dnsRoutes,
    kvRoutes,
    kvBulkRoutes,
    scriptRoutes,
    scriptPartsRoutes,
    versionRoutes,
    domainRoutes,
    secretsStoreRoutes,
    subscriptionRoutes,
  ];
  const app = new Hono<ApiEnv>();
  // Before anything else: a token learns nothing of what is there without the right to ask.
  app.use(`${API_BASE}/*`, async (c: Context<ApiEnv>, next) => {
    const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
    if (route !== undefined) {
      const path = route.path.slice(API_BASE.length);
      const call = { method: route.method, path, parameters: parametersOf(path, c.req.path) };
      requirePermission(c.env.shown, call, context.account);
    }
    await next();
  });
  app.use(`${API_BASE}/accounts/:account/*`, async (c, next) => {
    const id = c.req.param("account");
    if (id !== context.account.id) throw apiRefusals.wrongAccount(id);
    await next();
  });
  for (const part of parts) app.route(API_BASE, part(context));
  app.notFound((c) => {
    const gap = findGap(c.req.path.slice(API_BASE.length));
    return refuse(apiRefusals.notEmulated(`${c.req.method} ${c.req.path}`, gap && `: ${gap.reason}`));
  });
  app.onError((error, c) => {
    const refusal = refusalFor(error);
    if (refusal !== undefined) return refusal;
    log(`${c.req.method} ${c.req.path} broke off: ${reasonWithoutSecrets(error)}`);
    return refuse({
      status: 500,
      code: 10001,
      message: "The local Cloudflare failed; its output says where.",
    });
  });
  return app;
}

/** The parameters of a path by its route's; a middleware is not told those of the route behind it. */
function parametersOf(route: string, path: string): Readonly<Record<string, string>> {
  const given = path.slice(API_BASE.length).split("/");
  return Object.fromEntries(
    route
      .split("/")
      .flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), given[index] ?? ""]] : [])),
  );
}

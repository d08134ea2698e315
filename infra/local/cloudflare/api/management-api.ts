import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import type { LocalAccount } from "../account/account.ts";
import { apiRefusals } from "./api-errors.ts";
import type { ApiContext } from "./context.ts";
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
import { versionRoutes } from "./version-routes.ts";
import { zoneRoutes } from "./zone-routes.ts";

export interface ManagementApiOptions {
  readonly account: LocalAccount;
  /** The only API token that is taken. Any other is refused, and never repeated. */
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
  const guard = createGuard(token);
  const app = routesOf({ account, accountName }, log);
  const respond = async (request: Request): Promise<Response> => {
    const refusal = guard(request);
    if (refusal !== undefined) return refusal;
    const response = await app.fetch(request);
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

function routesOf(context: ApiContext, log: ManagementApiOptions["log"]): Hono {
  const parts = [
    identityRoutes,
    zoneRoutes,
    kvRoutes,
    kvBulkRoutes,
    scriptRoutes,
    scriptPartsRoutes,
    versionRoutes,
    domainRoutes,
    secretsStoreRoutes,
  ];
  const app = new Hono();
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

import { Hono } from "hono";
import { zoneSpelling } from "../../../cloudflare/hostname.ts";
import type { LocalAccount } from "../account/account.ts";
import type { AccountContents } from "../account/model.ts";
import { readBytes } from "../api/body.ts";
import { answer, refusalFor, refuse } from "../api/envelope.ts";
import { reasonWithoutSecrets } from "../api/fault-reason.ts";
import { createGuard, refuseForeignHost } from "../api/guard.ts";
import { CloudflareError } from "../account/refusals.ts";
import { CONTROL_BASE, CONTROL_CALLS, HEALTH_PATH } from "./calls.ts";
import { controlRefusals } from "./refusals.ts";
import { Snapshots } from "./snapshots.ts";

/** Whether it can be used at this moment. */
export type Readiness = "starting" | "ready" | "ending";

export interface ControlApiOptions {
  readonly account: LocalAccount;
  /** The API token that may do everything: the only one that may call anything here but `/health`. */
  readonly token: string;
  /** Version of this package. */
  readonly version: string;
  readonly readiness: () => Readiness;
  /** What a new account of this run holds: a reset goes back to it. */
  readonly initial: () => AccountContents;
  /** Called once everything was put back, before that is answered. */
  readonly restored: () => Promise<void>;
  /** Gets a sentence for every fault of the local Cloudflare itself. Never holds a secret. */
  readonly log: (line: string) => void;
}

/** What the local Cloudflare answers beside Cloudflare's own API. */
export interface ControlApi {
  /** Undefined for a request that is Cloudflare's own API to answer. */
  readonly fetch: (request: Request) => Promise<Response> | undefined;
}

/**
 * Health, reset and snapshots: what tests need and the real Cloudflare does not have. Answers under local names
 * only, so that no page elsewhere can point its own name here, and to no page at all: a browser says in headers
 * that a page cannot forge that it sends for one. Whatever changes or tells anything but the health needs the token
 * that may do everything.
 */
export function createControlApi(options: ControlApiOptions): ControlApi {
  const guard = createGuard(options.token, (value) => options.account.tokens.withValue(value));
  const app = callsOf(options);

  const respond = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const elsewhere = refuseForeignHost(request);
    if (elsewhere !== undefined) return elsewhere;
    if (isFromPage(request)) return refuse(controlRefusals.fromPage());
    if (pathname === HEALTH_PATH) return app.fetch(request);
    const shown = guard(request);
    if (shown instanceof Response) return shown;
    if (shown.kind !== "all-powerful") return refuse(controlRefusals.notAllPowerful());
    if (options.readiness() !== "ready") return refuse(controlRefusals.starting());
    return app.fetch(request);
  };

  return {
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      const isOurs =
        pathname === HEALTH_PATH || pathname === CONTROL_BASE || pathname.startsWith(`${CONTROL_BASE}/`);
      if (isOurs) return respond(request);
      if (options.readiness() !== "ready") return Promise.resolve(refuse(controlRefusals.starting()));
      return undefined;
    },
  };
}

function callsOf({ account, version, readiness, initial, restored, log }: ControlApiOptions): Hono {
  const snapshots = new Snapshots(account);
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });
  app.get(HEALTH_PATH, (c) => {
    const status = readiness();
    return c.json({ status, version }, status === "ready" ? 200 : 503);
  });
  app.get(CONTROL_BASE, () => {
    // As Cloudflare's API has their names.
    const zones = account.zones.map(({ id, name }) => ({ id, name: zoneSpelling(name) }));
    return answer({ accountId: account.id, zones, version, calls: CONTROL_CALLS });
  });
  app.post(`${CONTROL_BASE}/reset`, async (c) => {
    await assertNoBody(c.req.raw);
    await account.restore({ contents: initial(), values: new Map(), bytes: 0 });
    await restored();
    return answer({});
  });
  app.get(`${CONTROL_BASE}/snapshots`, () => answer(snapshots.all));
  app.put(`${CONTROL_BASE}/snapshots/:name`, async (c) => {
    await assertNoBody(c.req.raw);
    return answer(await snapshots.save(c.req.param("name")));
  });
  app.post(`${CONTROL_BASE}/snapshots/:name/restore`, async (c) => {
    await assertNoBody(c.req.raw);
    const info = await snapshots.restore(c.req.param("name"));
    await restored();
    return answer(info);
  });
  app.delete(`${CONTROL_BASE}/snapshots/:name`, async (c) => {
    await assertNoBody(c.req.raw);
    snapshots.delete(c.req.param("name"));
    return answer({});
  });
  app.notFound(({ req: { method, path } }) => {
    const methods = methodsOf(path);
    if (methods.length === 0) return refuse(controlRefusals.unknownCall(`${method} ${path}`));
    const refusal = refuse(controlRefusals.methodNotKnown(methods));
    const allowed = methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one]));
    // RFC 9110, section 15.5.6: an answer with 405 has to have it.
    refusal.headers.set("allow", allowed.join(", "));
    return refusal;
  });
  app.onError((error, c) => {
    const refusal = refusalFor(error);
    if (refusal !== undefined) return refusal;
    log(`${c.req.method} ${c.req.path} broke off: ${reasonWithoutSecrets(error)}`);
    return refuse({ status: 500, code: 500, message: "The local Cloudflare failed; its output says where." });
  });
  return app;
}

/** Methods that an address takes; none where there is no such call. */
function methodsOf(path: string): readonly string[] {
  const asked = path.split("/");
  return CONTROL_CALLS.filter((call) => {
    const parts = call.path.split("/");
    return (
      parts.length === asked.length &&
      parts.every((part, at) => (part.startsWith(":") ? asked[at] !== "" : part === asked[at]))
    );
  }).map((call) => call.method);
}

/** Whether a browser says that a page sent it. A person who types the address sends neither. */
function isFromPage({ headers }: Request): boolean {
  return headers.has("origin") || !["none", null].includes(headers.get("sec-fetch-site"));
}

/** Bytes. Some clients send an empty object with every call. */
const BODY_LIMIT = 1024;

async function assertNoBody(request: Request): Promise<void> {
  const bytes = await readBytes(request, BODY_LIMIT).catch((error: unknown) => {
    throw error instanceof CloudflareError ? controlRefusals.bodyTooLarge(BODY_LIMIT) : error;
  });
  if (!["", "{}"].includes(bytes.toString().trim())) throw controlRefusals.bodyNotWanted();
}

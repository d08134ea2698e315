import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { isApiKey } from "./api-key.ts";
import { cancelPage, readLeftRooms } from "./cancel-page.ts";
import { type ConfigurationChange, ConfigurationDesk } from "./configuration-desk.ts";
import { demoConfiguration } from "./demo-configuration.ts";
import { checkEnqueueToken } from "./enqueue-token.ts";
import { errorPage, isKnownError, refusalPage } from "./error-page.ts";
import { Lines } from "./lines.ts";
import { PAGE_HEADERS } from "./page.ts";
import { Publisher, type PublishResult } from "./publisher.ts";
import { signQueueToken } from "./queue-token.ts";
import { readTarget, type Target, withToken } from "./target.ts";
import { Visitors } from "./visitors.ts";
import { waitingPage, waitInWords } from "./waiting-page.ts";

export interface LocalQueueItOptions {
  /** Queue-it customer id, as in `<customer id>.queue-it.net`. */
  readonly customerId: string;
  /** Signs queue tokens and publish calls. Never shown on any page. */
  readonly secretKey: string;
  /** Opens the integration configuration to those who pull it. Never shown on any page. */
  readonly apiKey: string;
  /** Hostnames of the sites visitors may be sent back to; without a target URL they go to the first. */
  readonly sites: readonly [string, ...string[]];
  /** Real URL of a protected page with `?__push_queueit_config`: where the Worker takes publish calls. */
  readonly publishUrl: string;
  /** Sends a request to the Worker, from outside, as the vendor's platform does. */
  readonly publish: (request: Request) => Promise<Response>;
  /** Gives a real URL its address on this machine. */
  readonly localUrl: (realUrl: string) => string;
  /**
   * Visitors let in per minute and waiting room; 0 lets nobody in.
   * @default 20, so that the only visitor waits three seconds
   */
  readonly outflow?: number;
  /**
   * The clock, in milliseconds since 1970.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** What can be seen and changed while it runs. */
export interface LocalQueueItControl {
  /** The integration configuration as JSON. */
  getConfiguration(): string;
  /** Takes a new integration configuration under the next version. It reaches the Worker with the next publish. */
  setConfiguration(json: string): ConfigurationChange;
  /** Visitors let in per minute and waiting room. */
  getOutflow(): number;
  /** Changes the outflow at once, also for those already in line. */
  setOutflow(perMinute: number): void;
  /** Visitors in line in each waiting room of the configuration. */
  getLines(): readonly { readonly waitingRoomId: string; readonly length: number }[];
  /** Puts that many imaginary visitors at the end of every line. */
  addCrowd(count: number): void;
  /** Publishes the integration configuration to the Worker. Never rejects. */
  publishNow(): Promise<PublishResult>;
  /** How the last publish call went; `undefined` before the first. */
  lastPublish(): PublishResult | undefined;
}

export interface LocalQueueIt extends LocalQueueItControl {
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Seconds a visitor has to follow the redirect back to the site. */
const TOKEN_LIFETIME_SECONDS = 240;

const WAITING_ROOM_ID = /^[A-Za-z0-9-]{1,100}$/;

const ASSETS = new Map([
  ["theme.css", "text/css; charset=utf-8"],
  ["waiting-room.css", "text/css; charset=utf-8"],
  ["waiting-room.js", "text/javascript; charset=utf-8"],
]);

/** A Queue-it on this machine: waiting rooms, error and cancel pages, and the integration configuration. */
export function createLocalQueueIt(options: LocalQueueItOptions): LocalQueueIt {
  const { customerId, secretKey, apiKey, sites, localUrl, now = Date.now } = options;
  const desk = new ConfigurationDesk(demoConfiguration(sites, { customerId }));
  const lines = new Lines(options.outflow ?? 20, now);
  const publisher = new Publisher({ publishUrl: options.publishUrl, secretKey, send: options.publish, now });
  const visitors = new Visitors();
  const target = (text: string): Target | undefined => readTarget(text, sites, localUrl);

  const app = new Hono({ getPath: (request) => withoutPrefix(new URL(request.url).pathname) });
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) context.header(name, value);
  });

  app.get("/", (context) => {
    const query = (name: string): string | undefined => context.req.query(name);
    const waitingRoomId = query("e") ?? "";
    if (query("c") !== customerId || !WAITING_ROOM_ID.test(waitingRoomId)) {
      return context.html(NO_SUCH_ROOM, 404);
    }
    const destination = target(query("t") ?? `https://${sites[0]}/`);
    if (destination === undefined) return context.html(FOREIGN_TARGET, 400);
    const queueId = randomUUID();
    visitors.add({
      queueId,
      waitingRoomId,
      target: destination,
      ticket: lines.join(waitingRoomId),
      enqueueToken: checkEnqueueToken(query("enqueuetoken"), {
        customerId,
        waitingRoomId,
        secretKey,
        now: now(),
      }),
      sent: {
        actionName: query("man"),
        configurationVersion: query("cver"),
        sdkVersion: query("ver"),
        connectorVersion: query("kupver"),
        invalidCookieReason: query("icr"),
      },
    });
    // The place has its own address, so that loading the page again does not mean going to the end of the line.
    return context.redirect(`/place/${queueId}`);
  });

  app.get("/place/:queueId", (context) => {
    const visitor = visitors.find(context.req.param("queueId"));
    if (visitor === undefined) return context.html(NO_SUCH_PLACE, 404);
    const place = lines.place(visitor.waitingRoomId, visitor.ticket);
    if (!place.passed) return context.html(waitingPage(visitor, place));
    const token = signQueueToken(
      {
        waitingRoomId: visitor.waitingRoomId,
        queueId: visitor.queueId,
        expires: Math.floor(now() / 1000) + TOKEN_LIFETIME_SECONDS,
        validity: desk.cookieValidity(visitor.waitingRoomId, visitor.sent.actionName),
      },
      secretKey,
    );
    return new Response(null, { status: 302, headers: { location: withToken(visitor.target, token) } });
  });

  app.get("/place/:queueId/status", (context) => {
    const visitor = visitors.find(context.req.param("queueId"));
    if (visitor === undefined) return context.json({ error: "There is no such place in line." }, 404);
    const { ahead, waitMs, progress, passed } = lines.place(visitor.waitingRoomId, visitor.ticket);
    return context.json({ ahead, wait: waitInWords(waitMs), progress, passed });
  });

  app.get("/error/:code{.+?}/", (context) => {
    const code = context.req.param("code");
    const query = (name: string): string | undefined => context.req.query(name);
    const again = new URL(context.req.url).searchParams;
    for (const name of ["queueittoken", "ts", "icr"]) again.delete(name);
    const canQueue = query("c") === customerId && WAITING_ROOM_ID.test(query("e") ?? "");
    return context.html(
      errorPage({
        code,
        waitingRoomId: query("e"),
        targetUrl: query("t"),
        actionName: query("man"),
        token: query("queueittoken"),
        queueAgain: canQueue ? `/?${again.toString()}` : undefined,
      }),
      isKnownError(code) ? 200 : 404,
    );
  });

  app.get("/cancel/multiple/:customerId", (context) => {
    if (context.req.param("customerId") !== customerId) return context.html(NO_SUCH_ROOM, 404);
    const back = context.req.query("r");
    const page = back === undefined ? undefined : target(back);
    if (back !== undefined && page === undefined) return context.html(FOREIGN_TARGET, 400);
    const rooms = readLeftRooms(context.req.query("wrl") ?? "");
    for (const { queueId } of rooms) if (queueId !== undefined) visitors.forget(queueId);
    return context.html(cancelPage(rooms, page && localUrl(page.url)));
  });

  app.get("/status/integrationconfig/secure/:customerId", (context) => {
    const key = context.req.header("api-key");
    if (key === undefined) return context.json({ error: "The header api-key is missing." }, 401);
    if (!isApiKey(key, apiKey)) return context.json({ error: "The header api-key is not right." }, 403);
    if (context.req.param("customerId") !== customerId)
      return context.json({ error: "No such customer." }, 404);
    return context.body(desk.json, 200, { "content-type": "application/json; charset=utf-8" });
  });

  app.get("/assets/:name", (context) => {
    const name = context.req.param("name");
    const type = ASSETS.get(name);
    if (type === undefined) return context.html(NOTHING_HERE, 404);
    return context.body(readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8"), 200, {
      "content-type": type,
    });
  });

  app.notFound((context) => context.html(NOTHING_HERE, 404));

  return {
    fetch: async (request) => app.fetch(request),
    getConfiguration: () => desk.json,
    setConfiguration: (json) => desk.change(json),
    getOutflow: () => lines.outflow,
    setOutflow: (perMinute) => {
      lines.outflow = perMinute;
    },
    getLines: () =>
      desk.waitingRooms().map((waitingRoomId) => ({ waitingRoomId, length: lines.length(waitingRoomId) })),
    addCrowd: (count) => {
      for (const waitingRoomId of desk.waitingRooms()) lines.addCrowd(waitingRoomId, count);
    },
    publishNow: () => publisher.publish(desk.json, desk.version),
    lastPublish: () => publisher.last,
  };
}

/** An account may have its waiting rooms under a path (`QueuePathPrefix`); the pages under it are the same. */
function withoutPrefix(path: string): string {
  return /\/(?:error|cancel\/multiple)\/.*$/.exec(path)?.[0] ?? (path.endsWith("/") ? "/" : path);
}

const NO_SUCH_ROOM = refusalPage(
  "There is no such waiting room",
  "The address names no waiting room of this account. The integration configuration decides where visitors are sent: look at its customer id and event ids.",
);
const FOREIGN_TARGET = refusalPage(
  "This waiting room does not lead there",
  "The address asks to send you to a page that is on none of the protected sites. Nobody is sent anywhere else from here. Start again from the shop.",
);
const NO_SUCH_PLACE = refusalPage(
  "This place in line is gone",
  "It was given up, or the preview was started anew since. Go back to the shop to get a new place.",
);
const NOTHING_HERE = refusalPage(
  "There is nothing here",
  "Go back to the shop, or to the dashboard of the preview.",
);

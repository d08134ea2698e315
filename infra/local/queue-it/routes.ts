import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { isApiKey } from "./api-key.ts";
import { cancelPage, leftLinePage, readLeftRooms } from "./cancel-page.ts";
import type { ConfigurationDesk } from "./configuration-desk.ts";
import { checkEnqueueToken } from "./enqueue-token.ts";
import { errorPage, isKnownError, refusalPage } from "./error-page.ts";
import type { Lines } from "./lines.ts";
import type { LocalQueueItOptions } from "./options.ts";
import { PAGE_HEADERS } from "./page.ts";
import { signQueueToken } from "../../queue-it/queue-token.ts";
import { readTarget, type Target, withToken } from "./target.ts";
import { type Visitor, Visitors } from "./visitors.ts";
import { waitingPage, waitInWords } from "./waiting-page.ts";

/** Seconds a visitor has to follow the redirect back to the site. */
const TOKEN_LIFETIME_SECONDS = 240;

const WAITING_ROOM_ID = /^[A-Za-z0-9-]{1,100}$/;

const ASSETS = new Map([
  ["theme.css", "text/css; charset=utf-8"],
  ["waiting-room.css", "text/css; charset=utf-8"],
  ["waiting-room.js", "text/javascript; charset=utf-8"],
]);

/** What the routes work with. */
interface Parts extends Pick<
  LocalQueueItOptions,
  "customerId" | "secretKey" | "apiKey" | "sites" | "localUrl"
> {
  readonly now: () => number;
  readonly desk: ConfigurationDesk;
  readonly lines: Lines;
}

/** Everything the local Queue-it answers over HTTP. */
export function createRoutes(parts: Parts): Hono {
  const { customerId, secretKey, apiKey, sites, localUrl, now, desk, lines } = parts;
  const visitors = new Visitors();
  const target = (text: string): Target | undefined => readTarget(text, sites, localUrl);

  const refusal = (what: keyof typeof REFUSALS) => {
    const [title, explanation] = REFUSALS[what];
    return refusalPage(title, explanation, localUrl(`https://${sites[0]}/`));
  };

  const app = new Hono({ getPath: (request) => withoutPrefix(new URL(request.url).pathname) });
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) context.header(name, value);
  });

  app.get("/", (context) => {
    const query = (name: string): string | undefined => context.req.query(name);
    const waitingRoomId = query("e") ?? "";
    if (query("c") !== customerId || !WAITING_ROOM_ID.test(waitingRoomId)) {
      return context.html(refusal("noSuchRoom"), 404);
    }
    const destination = target(query("t") ?? `https://${sites[0]}/`);
    if (destination === undefined) return context.html(refusal("foreignTarget"), 400);
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
    // The place has its own address, so that loading the page again does not mean going to the end of the
    // line.
    return context.redirect(`/place/${queueId}`);
  });

  app.get("/place/:queueId", (context) => {
    const visitor = visitors.find(context.req.param("queueId"));
    if (visitor === undefined) return context.html(refusal("noSuchPlace"), 404);
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

  app.post("/place/:queueId/leave", (context) => {
    const visitor = visitors.find(context.req.param("queueId"));
    if (visitor === undefined) return context.html(refusal("noSuchPlace"), 404);
    leave(visitor);
    const { waitingRoomId, target: wanted } = visitor;
    const again = new URLSearchParams({ c: customerId, e: waitingRoomId, t: wanted.url });
    const frontPage = localUrl(`https://${wanted.hostname}/`);
    return context.html(leftLinePage({ waitingRoomId, frontPage, queueAgain: `/?${again.toString()}` }));
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
    if (context.req.param("customerId") !== customerId) return context.html(refusal("noSuchRoom"), 404);
    const back = context.req.query("r");
    const page = back === undefined ? undefined : target(back);
    if (back !== undefined && page === undefined) return context.html(refusal("foreignTarget"), 400);
    const rooms = readLeftRooms(context.req.query("wrl") ?? "");
    for (const { queueId } of rooms) {
      const visitor = queueId === undefined ? undefined : visitors.find(queueId);
      if (visitor !== undefined) leave(visitor);
    }
    return context.html(cancelPage(rooms, page && localUrl(page.url)));
  });

  app.get("/status/integrationconfig/secure/:customerId", (context) => {
    const key = context.req.header("api-key");
    if (key === undefined) return context.json({ error: "The header api-key is missing." }, 401);
    if (!isApiKey(key, apiKey)) return context.json({ error: "The header api-key is wrong." }, 403);
    if (context.req.param("customerId") !== customerId)
      return context.json({ error: "No such customer." }, 404);
    return context.body(desk.json, 200, { "content-type": "application/json; charset=utf-8" });
  });

  app.get("/assets/:name", (context) => {
    const name = context.req.param("name");
    const type = ASSETS.get(name);
    if (type === undefined) return context.html(refusal("nothingHere"), 404);
    return context.body(readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8"), 200, {
      "content-type": type,
    });
  });

  app.notFound((context) => context.html(refusal("nothingHere"), 404));

  return app;

  function leave({ queueId, waitingRoomId, ticket }: Visitor): void {
    lines.leave(waitingRoomId, ticket);
    visitors.forget(queueId);
  }
}

/**
 * An account may have its waiting rooms under a path (`QueuePathPrefix`); the pages under it are the same.
 */
function withoutPrefix(path: string): string {
  return /\/(?:error|cancel\/multiple)\/.*$/.exec(path)?.[0] ?? (path.endsWith("/") ? "/" : path);
}

/** What is said about what is not there. */
const REFUSALS = {
  noSuchRoom: [
    "There is no such waiting room",
    "The address does not name a waiting room of this account. The integration configuration decides where " +
      "visitors are sent: check its customer id and event ids.",
  ],
  foreignTarget: [
    "This waiting room does not lead there",
    "The address would send you to a page outside the protected sites, and visitors are never sent anywhere " +
      "else. Start again from the shop.",
  ],
  noSuchPlace: [
    "This place in line is gone",
    "It was given up, or the preview has been restarted since. Go back to the shop to get a new place.",
  ],
  nothingHere: ["There is nothing here", "Go back to the shop, or to the dashboard of the preview."],
} as const;

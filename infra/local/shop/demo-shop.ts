import { readFileSync } from "node:fs";
import { domainToUnicode } from "node:url";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { echo } from "./echo.ts";
import { type Html, page } from "./page.ts";
import * as pages from "./pages.ts";
import { sessions } from "./session.ts";

export interface DemoShop {
  readonly fetch: (request: Request) => Promise<Response>;
}

const STATIC = new Map([
  ["app.css", "text/css; charset=utf-8"],
  ["app.js", "text/javascript; charset=utf-8"],
  ["logo.svg", "image/svg+xml"],
]);

/** An order is one item and a note. */
const ORDER_LIMIT = 1024 * 1024;

/** The origin of all sites of a preview: pages that each show one thing the connector does. */
export function createDemoShop(): DemoShop {
  const app = new Hono();
  let ticketsServed = 0;
  let stockAnswers = 0;

  app.get("/", (context) => shopPage(context, "Demo shop", pages.homeMain(rooms(context))));

  app.get("/tickets/*", (context) => {
    const visits = Number.parseInt(getCookie(context, "shop_visits") ?? "0", 10) || 0;
    // The page asks with HEAD how it was served; that is no visit.
    const counts = context.req.method === "HEAD" ? 0 : 1;
    ticketsServed += counts;
    setCookie(context, "shop_visits", String(visits + counts), {
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
    });
    setCookie(context, "shop_last_page", "tickets", { path: "/", sameSite: "Lax" });
    return shopPage(
      context,
      "Tickets",
      pages.ticketsMain({
        rooms: rooms(context),
        search: new URL(context.req.url).search,
        visits: visits + counts,
        served: ticketsServed,
      }),
    );
  });

  app.get("/stock", (context) => shopPage(context, "Live stock", pages.stockMain(rooms(context))));
  app.get("/api/stock", (context) => {
    stockAnswers += 1;
    return context.json({ left: Math.max(0, 120 - stockAnswers), of: 120, answer: stockAnswers });
  });

  app.get("/basket", (context) => shopPage(context, "Checkout", pages.basketMain()));
  app.get("/checkout", (context) => shopPage(context, "Checkout", pages.checkoutMain(rooms(context))));
  app.post("/checkout", bodyLimit({ maxSize: ORDER_LIMIT }), async (context) => {
    const body = await context.req.text();
    const item = new URLSearchParams(body).get("item") ?? "nothing";
    return shopPage(context, "Thank you", pages.orderedMain({ item, bytes: Buffer.byteLength(body) }));
  });

  app.get("/leave", (context) => shopPage(context, "You have left", pages.leftMain(rooms(context))));
  app.get("/health", (context) => context.text("ok"));
  app.all("/echo", (context) => echo(context.req.raw));

  app.get("/static/:name", (context) => {
    const name = context.req.param("name");
    const type = STATIC.get(name);
    if (type === undefined) return context.notFound();
    const file = readFileSync(new URL(`assets/${name}`, import.meta.url));
    return context.body(file, 200, { "content-type": type, "cache-control": "no-cache" });
  });

  app.notFound((context) => {
    context.status(404);
    return shopPage(context, "There is no such page", pages.homeMain(rooms(context)));
  });

  return { fetch: async (request) => app.fetch(request) };
}

function shopPage(context: Context, title: string, main: Html): Response | Promise<Response> {
  const { hostname, pathname } = new URL(context.req.url);
  context.header("x-content-type-options", "nosniff");
  context.header(
    "content-security-policy",
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action *; base-uri 'none'",
  );
  context.header("cache-control", "no-store");
  return context.html(page({ hostname: domainToUnicode(hostname), path: pathname, title, main }));
}

function rooms(context: Context): readonly string[] {
  return sessions(context.req.header("cookie"));
}

import { readFileSync } from "node:fs";
import { domainToUnicode } from "node:url";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { DEMO_CASES, type DemoCase } from "./cases.ts";
import { echo } from "./echo.ts";
import { elsewherePage, forApps } from "./elsewhere.ts";
import type { ShopGuide } from "./guide.ts";
import type { Html } from "../../charts/html.ts";
import { page } from "./page.ts";
import * as pages from "./pages.ts";
import { sessions } from "./session.ts";

export interface DemoShop {
  readonly fetch: (request: Request) => Promise<Response>;
}

const STATIC = new Map([
  ["app.css", "text/css; charset=utf-8"],
  ["app.js", "text/javascript; charset=utf-8"],
  ["call-shop.js", "text/javascript; charset=utf-8"],
  ["elsewhere.js", "text/javascript; charset=utf-8"],
  ["logo.svg", "image/svg+xml"],
]);

/** An order is one item and a note. */
const ORDER_LIMIT = 1024 * 1024;

/**
 * The origin of all sites of a preview: pages that each show one thing the connector does, and one for each
 * address that the environment speaks of.
 *
 * @param guide What is so on these sites: the pages say nothing else.
 */
export function createDemoShop(guide: ShopGuide): DemoShop {
  const app = new Hono();
  let ticketsServed = 0;
  let stockAnswers = 0;

  app.get("/", (context) => shopPage(context, "Demo shop", pages.homeMain(seenBy(context))));

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
        ...seenBy(context),
        search: new URL(context.req.url).search,
        visits: visits + counts,
        served: ticketsServed,
      }),
    );
  });

  app.get("/stock", (context) => shopPage(context, "Live stock", pages.stockMain(rooms(context))));
  app.use("/api/*", forApps);
  app.get("/app", (context) => framed(context, elsewherePage(), "*"));
  app.on(["GET", "POST"], "/api/stock", (context) => {
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

  app.get("/leave", (context) => {
    const title = rooms(context).length === 0 ? "You hold no place" : "You still hold a place";
    return shopPage(context, title, pages.leftMain(seenBy(context)));
  });
  app.get("/health", (context) =>
    // What asks for its health takes one word; a person sees why it answers.
    context.req.header("accept")?.includes("text/html")
      ? shopPage(context, "The shop is well", pages.healthMain(seenBy(context)))
      : context.text("ok"),
  );
  app.all("/echo", (context) => echo(context.req.raw));

  app.get("/static/:name", (context) => {
    const name = context.req.param("name");
    const type = STATIC.get(name);
    if (type === undefined) return context.notFound();
    const file = readFileSync(new URL(`assets/${name}`, import.meta.url));
    return context.body(file, 200, { "content-type": type, "cache-control": "no-cache" });
  });

  app.get("*", (context) => {
    const url = new URL(context.req.url);
    if (!guide.hasPage(url)) return context.notFound();
    return shopPage(context, url.pathname, pages.environmentMain({ ...seenBy(context), search: url.search }));
  });

  app.notFound((context) => {
    context.status(404);
    return shopPage(context, "There is no such page", pages.nothingMain(seenBy(context)));
  });

  return { fetch: async (request) => app.fetch(request) };

  function seenBy(context: Context): pages.SeenBy {
    const url = new URL(context.req.url);
    return { rooms: rooms(context), cases: guide.casesOf(url.hostname), cause: guide.causeAt(url) };
  }

  function shopPage(context: Context, title: string, main: Html): Response | Promise<Response> {
    const { hostname, pathname } = new URL(context.req.url);
    const { cases, cause } = seenBy(context);
    const content = { hostname: domainToUnicode(hostname), path: pathname, title, cases, cause };
    return framed(context, page({ ...content, main: html`${fitting(pathname, cases, cause)}${main}` }));
  }
}

/** A word before a page of the demo whose case the site does not have. */
function fitting(pathname: string, cases: readonly DemoCase[], cause: string): Html | string {
  const ofDemo = DEMO_CASES.filter(({ path, decidedAt }) =>
    [path, decidedAt].some((address) => address.split("?", 1)[0] === pathname),
  );
  const isShown = ofDemo.some(({ path }) => cases.some((shown) => shown.path === path));
  return ofDemo.length === 0 || isShown ? "" : pages.notAsDescribed(cause);
}

/** @param calls Where its scripts may call. */
function framed(context: Context, content: Html, calls = "'self'"): Response | Promise<Response> {
  context.header("x-content-type-options", "nosniff");
  context.header(
    "content-security-policy",
    `default-src 'none'; style-src 'self'; script-src 'self'; connect-src ${calls}; img-src 'self'; form-action *; base-uri 'none'`,
  );
  context.header("cache-control", "no-store");
  return context.html(content);
}

function rooms(context: Context): readonly string[] {
  return sessions(context.req.header("cookie"));
}

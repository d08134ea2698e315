import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { dashboardPage, HIGHEST_OUTFLOW } from "./page.ts";
import type { DashboardOptions } from "./options.ts";
import { isForThisMachine, isFromOwnPage } from "./same-origin.ts";

export interface Dashboard {
  readonly fetch: (request: Request) => Promise<Response>;
}

const ASSETS = new Map([
  ["theme.css", { file: "../queue-it/assets/theme.css", type: "text/css; charset=utf-8" }],
  ["dashboard.css", { file: "assets/dashboard.css", type: "text/css; charset=utf-8" }],
  ["dashboard.js", { file: "assets/dashboard.js", type: "text/javascript; charset=utf-8" }],
]);

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
} as const;

const CROWD = 20;

/** The Worker takes a configuration of 5 MB; a form may write each of its characters as three. */
const FORM_LIMIT = 16 * 1024 * 1024;

/** The page at `http://localhost:PORT/`: what was set up, what to try, what happens, and what can be changed. */
export function createDashboard(options: DashboardOptions): Dashboard {
  const { queueIt } = options;
  const app = new Hono();

  app.use(async (context, next) => {
    const { raw, method } = context.req;
    if (!isForThisMachine(raw)) return context.text("The dashboard answers at localhost only.", 403);
    if (method !== "GET" && method !== "HEAD" && !isFromOwnPage(raw)) {
      return context.text(
        "Only the dashboard’s own page may change something. Open it and use its buttons.",
        403,
      );
    }
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    return undefined;
  });

  app.use(
    bodyLimit({
      maxSize: FORM_LIMIT,
      onError: (context) =>
        context.text(
          "Nothing was saved: what was sent is larger than 16 MB, and the Worker takes an integration configuration of 5 MB at most. Go back and shorten it.",
          413,
        ),
    }),
  );

  app.get("/", (context) => context.html(dashboardPage(options, undefined)));

  app.post("/outflow", async (context) => {
    const text = await field(context, "perMinute");
    const perMinute = Number(text);
    if (!/^\d+$/.test(text) || perMinute > HIGHEST_OUTFLOW) {
      return context.text(`The outflow is a whole number from 0 to ${HIGHEST_OUTFLOW}.`, 422);
    }
    queueIt.setOutflow(perMinute);
    return context.redirect("/", 303);
  });

  app.post("/crowd", (context) => {
    queueIt.addCrowd(CROWD);
    return context.redirect("/", 303);
  });

  app.post("/configuration", async (context) => {
    const text = await field(context, "json");
    const change = queueIt.setConfiguration(text);
    if (!change.ok) return context.html(dashboardPage(options, { text, reasons: change.reasons }), 422);
    return context.redirect("/#configuration", 303);
  });

  app.post("/publish", async (context) => {
    await queueIt.publishNow();
    return context.redirect("/#publish", 303);
  });

  app.get("/assets/:name", (context) => {
    const asset = ASSETS.get(context.req.param("name"));
    if (asset === undefined) return context.notFound();
    return context.body(readFileSync(new URL(asset.file, import.meta.url), "utf8"), 200, {
      "content-type": asset.type,
    });
  });

  return { fetch: async (request) => app.fetch(request) };
}

/** A field of the form; empty when it is missing, or the body is no form. */
async function field(context: Context, name: string): Promise<string> {
  try {
    const value = (await context.req.parseBody())[name];
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

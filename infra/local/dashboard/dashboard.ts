import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Tried } from "./explain-section.ts";
import { readTriedRequest } from "./tried-request.ts";
import type { EditorAnswer } from "./editor-section.ts";
import { CROWD, HIGHEST_OUTFLOW } from "./line-section.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { dashboardPage, tabOf } from "./page.ts";
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
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
} as const;

/** The Worker takes a configuration of 5 MB; a form may write each of its characters as three. */
const FORM_LIMIT = 16 * 1024 * 1024;

/**
 * The page at `http://localhost:PORT/`: what was set up, what to try, what happens, and what can be changed.
 */
export function createDashboard(options: DashboardOptions): Dashboard {
  const [first] = options.customers;
  const run = randomUUID();
  const find = (customerId: string) => options.customers.find((each) => each.customerId === customerId);
  const show = (customer: DashboardCustomer, answer?: EditorAnswer, hasText = false, tried?: Tried) =>
    dashboardPage({ ...options, customer, run, answer, hasText, tried });
  const app = new Hono();

  app.use(async (context, next) => {
    const { raw, method } = context.req;
    if (!isForThisMachine(raw)) return context.text("The dashboard answers on localhost only.", 403);
    if (method !== "GET" && method !== "HEAD" && !isFromOwnPage(raw)) {
      return context.text(
        "Only the dashboard’s own page can change anything. Open it and use its buttons.",
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
          "Nothing was saved: what was sent is larger than 16 MB, and the Worker accepts an integration " +
            "configuration of at most 5 MB. Go back and shorten it.",
          413,
        ),
    }),
  );

  app.get("/", (context) => {
    const asked = context.req.query("customer");
    const customer = asked === undefined ? first : find(asked);
    if (customer === undefined) return context.text(unknownCustomer(asked ?? ""), 404);
    const saved = Number(context.req.query("saved"));
    const isLatest = saved === customer.queueIt.getVersion();
    const hasText = context.req.header("x-based-on") === String(customer.queueIt.getVersion());
    return context.html(show(customer, isLatest ? { saved } : undefined, hasText));
  });

  /** Takes a form of a page that speaks of this run; of an earlier run nothing is changed. */
  function onForm(
    path: string,
    change: (customer: DashboardCustomer, form: Form) => Response | Promise<Response>,
  ): void {
    app.post(path, async (context) => {
      const form = await formOf(context);
      if (form("run") !== "" && form("run") !== run) return context.text(EARLIER_RUN, 409);
      const customer = form("customer") === "" ? first : find(form("customer"));
      if (customer === undefined) return context.text(unknownCustomer(form("customer")), 404);
      return change(customer, form);
    });
  }

  const back = (customer: DashboardCustomer, fragment: string, query = "") =>
    new Response(null, {
      status: 303,
      headers: { location: `${tabOf(customer.customerId)}${query}#${fragment}` },
    });

  onForm("/outflow", (customer, form) => {
    const text = form("perMinute");
    const perMinute = Number(text);
    if (!/^\d+$/.test(text) || perMinute > HIGHEST_OUTFLOW) {
      return new Response(`The outflow must be a whole number from 0 to ${HIGHEST_OUTFLOW}.`, {
        status: 422,
      });
    }
    customer.queueIt.setOutflow(perMinute);
    return back(customer, "lines");
  });

  onForm("/crowd", (customer) => {
    customer.queueIt.addCrowd(CROWD);
    return back(customer, "lines");
  });

  onForm("/configuration", async (customer, form) => {
    const { queueIt } = customer;
    const [text, basedOn, version] = [form("json"), form("version"), queueIt.getVersion()];
    const change =
      basedOn === "" || basedOn === String(version)
        ? queueIt.setConfiguration(text)
        : ({ ok: false, reasons: [savedElsewhere(version, basedOn)] } as const);
    if (change.ok) return back(customer, "answer", `&saved=${change.version}`);
    return new Response(String(await show(customer, { text, reasons: change.reasons })), {
      status: 422,
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  });

  onForm("/explain", async (customer, form) => {
    const fields = { url: form("url"), method: form("method"), headers: form("headers"), body: form("body") };
    const request = readTriedRequest(fields);
    const answer = typeof request === "string" ? request : await customer.explain(request);
    return new Response(String(await show(customer, undefined, false, { fields, answer })), {
      status: typeof answer === "string" ? 422 : 200,
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  });

  onForm("/publish", async (customer) => {
    await customer.queueIt.publishNow();
    return back(customer, "publish");
  });

  onForm("/fetch", async (customer, form) => {
    const delivery = customer.deliveries.find(({ environment }) => environment === form("environment"));
    if (delivery?.owner !== "pull") {
      return new Response(
        "Nothing was fetched: no environment of that name fetches its configuration by itself. Load the dashboard again.",
        { status: 404 },
      );
    }
    await delivery.fetchNow();
    return back(customer, "publish");
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

/** Gives a field of a form; empty when it is missing, or the body is no form. */
type Form = (name: string) => string;

async function formOf(context: Context): Promise<Form> {
  const fields: Readonly<Record<string, unknown>> = await context.req.parseBody().catch(() => ({}));
  return (name) => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
}

const EARLIER_RUN =
  "Nothing was changed: the preview was restarted after this page was loaded, so the page is from the " +
  "earlier run. Copy what you want to keep, and reload the dashboard.";

function unknownCustomer(customerId: string): string {
  return (
    `Nothing was changed: the customer ${JSON.stringify(customerId)} is not in this account. Open ` +
    "the dashboard again at its original address, and choose one of its customers."
  );
}

function savedElsewhere(version: number, basedOn: string): string {
  return (
    `Version ${version} was saved elsewhere since this page was loaded with version ${basedOn}. What ` +
    `you typed is still here: save again to replace version ${version} with it, or open the dashboard in ` +
    "another tab to see that version first."
  );
}

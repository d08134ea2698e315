import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Hono, type HonoRequest } from "hono";
import { bodyLimit } from "hono/body-limit";
import { readSpan } from "./activity-section.ts";
import { changes } from "./changes.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { readFilter } from "./request-filter.ts";
import { isForThisMachine, isFromOwnPage } from "./same-origin.ts";
import { shownPages } from "./shown-pages.ts";
import { unknownCustomer } from "./unknown-customer.ts";

export interface Dashboard {
  readonly fetch: (request: Request) => Promise<Response>;
}

const ASSETS = new Map([
  ["theme.css", { file: "../queue-it/assets/theme.css", type: "text/css; charset=utf-8" }],
  ["charts.css", { file: "../../charts/assets/charts.css", type: "text/css; charset=utf-8" }],
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
 * The pages at `http://localhost:PORT/`: what can be tried and changed, what happens, and what is in the account.
 */
export function createDashboard(options: DashboardOptions): Dashboard {
  const { customers } = options;
  const run = randomUUID();
  const pages = shownPages(options, run);
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

  /** A page of the customer whom the address names; of the first where it names none. */
  function onPage(
    path: string,
    show: (customer: DashboardCustomer, request: HonoRequest) => Promise<string> | Response,
  ): void {
    app.get(path, async (context) => {
      const asked = context.req.query("customer");
      const customer =
        asked === undefined ? customers[0] : customers.find(({ customerId }) => customerId === asked);
      if (customer === undefined) return context.text(unknownCustomer(asked ?? ""), 404);
      const shown = await show(customer, context.req);
      return typeof shown === "string" ? context.html(shown) : shown;
    });
  }

  onPage("/", (customer, request) => pages.overview(customer, readSpan(request.query("minutes"))));
  onPage("/requests", (customer, request) =>
    pages.requests(
      customer,
      readFilter((name) => request.query(name)),
    ),
  );
  onPage("/log", (customer, request) =>
    pages.log(customer, (request.query("text") ?? "").trim().slice(0, 200)),
  );
  onPage("/account", (customer, request) =>
    pages.account(customer, {
      namespace: request.query("namespace"),
      prefix: request.query("prefix") ?? "",
      cursor: request.query("cursor") ?? "",
      key: request.query("key"),
    }),
  );
  onPage("/configuration", (customer, request) => {
    const version = customer.queueIt.getVersion();
    const saved = Number(request.query("saved"));
    return pages.configuration(customer, {
      answer: saved === version ? { saved } : undefined,
      hasText: request.header("x-based-on") === String(version),
      action: readAction(request.query("action")),
      find: (request.query("find") ?? "").trim().slice(0, 200),
    });
  });
  onPage("/configuration.json", ({ queueIt, customerId }) => {
    const name = `integration-configuration-${customerId.replaceAll(/[^\w-]/g, "_")}-${queueIt.getVersion()}.json`;
    return new Response(queueIt.getConfiguration(), {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  });

  changes(app, { options, pages, run });

  app.get("/assets/:name", (context) => {
    const asset = ASSETS.get(context.req.param("name"));
    if (asset === undefined) return context.notFound();
    return context.body(readFileSync(new URL(asset.file, import.meta.url), "utf8"), 200, {
      "content-type": asset.type,
    });
  });

  return { fetch: async (request) => app.fetch(request) };
}

/** The words of an address; the first action where they name none. */
function readAction(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

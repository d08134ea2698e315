import type { Context, Hono } from "hono";
import { readSwitch } from "../faults/faults.ts";
import { MOST_VISITORS } from "../visitors/crowd.ts";
import { actionsOf } from "./editor-section.ts";
import { CROWD, HIGHEST_OUTFLOW } from "./line-section.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import type { ShownPages } from "./shown-pages.ts";
import { addressOf, type Tab } from "./tabs.ts";
import { readTriedRequest, realUrl } from "./tried-request.ts";
import { unknownCustomer } from "./unknown-customer.ts";

export interface ChangeParts {
  readonly options: DashboardOptions;
  readonly pages: ShownPages;
  /** Names this run of the server. */
  readonly run: string;
}

/** Gives a field of a form; empty when it is missing, or the body is no form. */
type Form = (name: string) => string;

/** Everything that the forms of the dashboard change. */
export function changes(app: Hono, { options, pages, run }: ChangeParts): void {
  const { customers, faults, account } = options;
  /** The outflow before the lines were paused. */
  const outflowBefore = new WeakMap<DashboardCustomer, number>();

  /** Takes a form of a page that speaks of this run; of an earlier run nothing is changed. */
  function onForm(
    path: string,
    change: (customer: DashboardCustomer, form: Form) => Response | Promise<Response>,
  ): void {
    app.post(path, async (context) => {
      const form = await formOf(context);
      if (form("run") !== "" && form("run") !== run) return context.text(EARLIER_RUN, 409);
      const asked = form("customer");
      const customer = asked === "" ? customers[0] : customers.find(({ customerId }) => customerId === asked);
      if (customer === undefined) return context.text(unknownCustomer(asked), 404);
      return change(customer, form);
    });
  }

  onForm("/outflow", (customer, form) => {
    const perMinute = readCount(form("perMinute"), HIGHEST_OUTFLOW);
    if (perMinute === undefined) {
      return refused(`The outflow must be a whole number from 0 to ${HIGHEST_OUTFLOW}.`);
    }
    customer.queueIt.setOutflow(perMinute);
    return back("overview", customer, "lines");
  });

  onForm("/line", (customer, form) => {
    const { queueIt } = customer;
    const outflow = queueIt.getOutflow();
    if (form("line") === "pause" && outflow > 0) {
      outflowBefore.set(customer, outflow);
      queueIt.setOutflow(0);
    }
    if (form("line") === "go" && outflow === 0) queueIt.setOutflow(outflowBefore.get(customer) ?? 20);
    return back("overview", customer, "lines");
  });

  onForm("/crowd", (customer) => {
    customer.queueIt.addCrowd(CROWD);
    return back("overview", customer, "lines");
  });

  onForm("/visitors", (customer, form) => {
    const count = readCount(form("count"), MOST_VISITORS);
    const url = realUrl(form("url").trim());
    if (count === undefined || count === 0) {
      return refused(`Nobody was opened: write how many, from 1 to ${MOST_VISITORS}.`);
    }
    if (url === undefined || !account.zones.some(({ name }) => isIn(url.hostname, name))) {
      return refused("Nobody was opened: write the whole address of a page of one of the sites.");
    }
    const opened = customer.visitors.open(count, url.href);
    if (opened === 0) {
      return refused(
        `Nobody was opened: there are ${MOST_VISITORS} visitors already. Wait, or send them home.`,
      );
    }
    return back("overview", customer, "visitors");
  });

  onForm("/visitors/hold", async (customer, form) => {
    const { visitors } = customer;
    switch (form("hold")) {
      case "yes":
        visitors.hold();
        break;
      case "no":
        visitors.release();
        break;
      case "home":
        await visitors.sendHome();
        break;
      default:
        return refused("Nothing was changed: the visitors can be paused, let go on, or sent home.");
    }
    return back("overview", customer, "visitors");
  });

  onForm("/faults", async (customer, form) => {
    const wanted = readSwitch(form("part"), form("state"));
    if (wanted === undefined) return refused("Nothing was changed: there is no such switch.");
    return orRefused(() => faults.set(wanted.part, wanted.state), back("overview", customer, "faults"));
  });

  onForm("/faults/off", (customer) => orRefused(() => faults.allOff(), back("overview", customer, "faults")));

  onForm("/configuration", async (customer, form) => {
    const { queueIt } = customer;
    const [text, basedOn, version] = [form("json"), form("version"), queueIt.getVersion()];
    const action = /^\d{1,6}$/.test(form("action")) ? Number(form("action")) : undefined;
    const change =
      basedOn === "" || basedOn === String(version)
        ? save(customer, text, action)
        : ({ ok: false, reasons: [savedElsewhere(version, basedOn)] } as const);
    if (change.ok) {
      const asked = {
        saved: String(change.version),
        ...(action !== undefined && { action: String(action) }),
      };
      return back("configuration", customer, "answer", asked);
    }
    const answer = { text, reasons: change.reasons };
    const page = await pages.configuration(customer, {
      answer,
      hasText: false,
      action: action ?? 0,
      find: "",
    });
    return new Response(page, { status: 422, headers: { "content-type": "text/html; charset=utf-8" } });
  });

  onForm("/explain", async (customer, form) => {
    const fields = { url: form("url"), method: form("method"), headers: form("headers"), body: form("body") };
    const request = readTriedRequest(fields);
    const answer = typeof request === "string" ? request : await customer.explain(request);
    const all = { text: "", status: undefined, outcome: undefined, by: undefined };
    return new Response(await pages.requests(customer, all, { fields, answer }), {
      status: typeof answer === "string" ? 422 : 200,
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  });

  onForm("/publish", async (customer) => {
    await customer.queueIt.publishNow();
    return back("configuration", customer, "publish");
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
    return back("configuration", customer, "publish");
  });
}

function back(
  tab: Tab,
  { customerId }: DashboardCustomer,
  fragment: string,
  asked: Readonly<Record<string, string>> = {},
): Response {
  return new Response(null, {
    status: 303,
    headers: { location: `${addressOf(tab, customerId, asked)}#${fragment}` },
  });
}

function refused(sentence: string): Response {
  return new Response(sentence, { status: 422, headers: { "content-type": "text/plain; charset=utf-8" } });
}

/** Where the Workers do not start with another clock, nothing has changed. */
async function orRefused(change: () => Promise<void>, done: Response): Promise<Response> {
  try {
    await change();
    return done;
  } catch (error) {
    return refused(`Nothing was changed: the Workers did not start again. ${String(error)}`);
  }
}

function save(customer: DashboardCustomer, text: string, action: number | undefined) {
  const { queueIt } = customer;
  if (action === undefined) return queueIt.setConfiguration(text);
  const replaced = actionsOf(customer).replaced(queueIt.getConfiguration(), action, text);
  return "reason" in replaced
    ? ({ ok: false, reasons: [replaced.reason] } as const)
    : queueIt.setConfiguration(replaced.json);
}

function isIn(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}

/** A whole number from 0 on; undefined for anything else. */
function readCount(text: string, most: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

async function formOf(context: Context): Promise<Form> {
  const fields: Readonly<Record<string, unknown>> = await context.req.parseBody().catch(() => ({}));
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") texts.set(name, value);
    else if (value instanceof File) texts.set(name, await value.text());
  }
  return (name) => texts.get(name) ?? "";
}

const EARLIER_RUN =
  "Nothing was changed: the preview was restarted after this page was loaded, so the page is from the " +
  "earlier run. Copy what you want to keep, and reload the dashboard.";

function savedElsewhere(version: number, basedOn: string): string {
  return (
    `Version ${version} was saved elsewhere since this page was loaded with version ${basedOn}. What ` +
    `you typed is still here: save again to replace version ${version} with it, or open the dashboard in ` +
    "another tab to see that version first."
  );
}

import { html } from "hono/html";
import { redact } from "../../secrets/redact.ts";
import type { Html } from "../../charts/html.ts";
import { activitySection, type Span } from "./activity-section.ts";
import { type Edited, editorSection } from "./editor-section.ts";
import { explainSection, type Tried } from "./explain-section.ts";
import { faultsSection } from "./faults-section.ts";
import { kvSection, type KvLook } from "./kv-section.ts";
import { lineSection } from "./line-section.ts";
import { logSection } from "./log-section.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { framed } from "./page.ts";
import { publishSection } from "./publish-section.ts";
import type { RequestFilter } from "./request-filter.ts";
import { latestRequests, requestsSection } from "./requests-section.ts";
import { linksSection, stepsSection } from "./set-up-sections.ts";
import type { Tab } from "./tabs.ts";
import { visitorsSection } from "./visitors-section.ts";
import { routesSection, workersSection } from "./workers-section.ts";

/** The pages of the dashboard as text of HTML, each without a secret in it. */
export interface ShownPages {
  readonly overview: (customer: DashboardCustomer, span: Span) => Promise<string>;
  readonly requests: (customer: DashboardCustomer, filter: RequestFilter, tried?: Tried) => Promise<string>;
  readonly configuration: (customer: DashboardCustomer, edited: Edited) => Promise<string>;
  readonly account: (customer: DashboardCustomer, look: KvLook) => Promise<string>;
  readonly log: (customer: DashboardCustomer, text: string) => Promise<string>;
}

/** @param run Names this run of the server. */
export function shownPages(options: DashboardOptions, run: string): ShownPages {
  const page = async (tab: Tab, customer: DashboardCustomer, main: Html | Promise<Html>) =>
    String(await framed({ ...options, customer, run, tab, main: await main }));
  /** Whatever a visitor sent or a Worker wrote may have one in it. */
  const hide = (text: string) => redact(text, options.secrets());
  const hiding = async (shown: Promise<string>) => hide(await shown);
  const originOf = ({ customerId }: DashboardCustomer) => ({ customerId, run });
  return {
    overview: (customer, span) => {
      const origin = originOf(customer);
      const main = html`${linksSection(customer)}
        <div class="controls">${lineSection(customer, origin)}</div>
        ${activitySection(options, customer, span)} ${visitorsSection(customer, origin)}
        ${faultsSection(options.faults, origin)} ${latestRequests(options, customer)}`;
      return hiding(page("overview", customer, main));
    },
    requests: (customer, filter, tried) => {
      const main = html`${requestsSection(options, customer, filter)}
      ${explainSection(customer, originOf(customer), tried)}`;
      return hiding(page("requests", customer, main));
    },
    // Not hidden in: what an editor shows is saved again, and a configuration holds no secret.
    configuration: (customer, edited) => {
      const main = html`${publishSection(customer, originOf(customer))}
      ${editorSection(customer, originOf(customer), edited)}`;
      return page("configuration", customer, main);
    },
    account: (customer, look) => {
      const { account } = options;
      const main = async () =>
        html`${stepsSection(customer)} ${workersSection(account, hide)} ${routesSection(account)}
        ${await kvSection({ account, customer, hide }, look)}`;
      return hiding(page("account", customer, main()));
    },
    log: (customer, text) => hiding(page("log", customer, logSection(options, customer, text))),
  };
}

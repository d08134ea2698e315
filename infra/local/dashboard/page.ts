import { html } from "hono/html";
import type { Html } from "../queue-it/page.ts";
import { lineSection } from "./line-section.ts";
import { explainSection, type Tried } from "./explain-section.ts";
import { type EditorAnswer, editorSection } from "./editor-section.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { publishSection } from "./publish-section.ts";
import { requestRows } from "./request-log.ts";
import { linksSection, stepsSection } from "./set-up-sections.ts";

/** What is shown of the dashboard. */
export interface ShownDashboard extends DashboardOptions {
  /** Whose tab it is. */
  readonly customer: DashboardCustomer;
  /** Names this run of the server, so that a page of an earlier one is known as such. */
  readonly run: string;
  /** What became of the save that this page answers; undefined when it answers none. */
  readonly answer: EditorAnswer | undefined;
  /** Whether the editor is left empty: the page that asks has its text, which may be of megabytes. */
  readonly hasText: boolean;
  /** The request that this page explains; undefined when it explains none. */
  readonly tried?: Tried | undefined;
}

/** The dashboard of one customer, with everything on one page: what can be changed comes first. */
export function dashboardPage(shown: ShownDashboard): Html {
  const { customer, run, answer, hasText, tried } = shown;
  const form = { customerId: customer.customerId, run };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Preview: waiting room on a local Cloudflare</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/theme.css" />
        <link rel="stylesheet" href="/assets/dashboard.css" />
        <script src="/assets/dashboard.js" defer></script>
      </head>
      <body data-run="${run}">
        <div id="trouble" class="trouble" role="alert"></div>
        <header>
          <h1>A shop behind a waiting room</h1>
          <p class="soft">
            The Worker that would go to Cloudflare, deployed on this machine in front of a demo shop, with a
            local stand-in for Queue-it. Nothing leaves this machine.
          </p>
          ${customerTabs(shown)}
          <nav class="row" aria-label="On this page">
            <a href="#try">Try it</a><a href="#lines">Waiting rooms</a><a href="#explain">Explain a request</a
            ><a href="#requests">Requests</a><a href="#configuration">Configuration</a
            ><a href="#set-up">What was set up</a>
          </nav>
        </header>
        <main>
          ${linksSection(customer)}
          <div class="controls">${lineSection(customer, form)} ${publishSection(customer, form)}</div>
          ${explainSection(customer, form, tried)} ${logSection(shown)}
          ${editorSection(customer, form, { answer, hasText })} ${stepsSection(customer)}
        </main>
      </body>
    </html>`;
}

/** Address of a customer's tab. */
export function tabOf(customerId: string): string {
  return `/?${new URLSearchParams({ customer: customerId }).toString()}`;
}

function customerTabs({ customers, customer }: ShownDashboard): Html | "" {
  if (customers.length === 1) return "";
  return html`<nav class="row tabs" aria-label="Customers of Queue-it">
    ${customers.map(
      ({ customerId, deliveries }) =>
        html`<a
          href="${tabOf(customerId)}"
          ${customerId === customer.customerId ? html`aria-current="page"` : ""}
          >${customerId}<span class="detail"
            >${deliveries.map(({ environment }) => environment).join(", ")}</span
          ></a
        >`,
    )}
  </nav>`;
}

function logSection({ customers, requests, decided }: ShownDashboard): Html {
  return html`<section class="card wide" id="requests">
    <h2>Requests</h2>
    <p class="soft">
      Newest first${customers.length > 1 ? ", of all customers" : ""}. Requests “past the Worker” took a
      bypass route, or no route at all.
    </p>
    <div class="log" tabindex="0" role="region" aria-label="Requests">
      <table>
        <thead>
          <tr>
            <th scope="col" class="status">Status</th>
            <th scope="col">Request</th>
            <th scope="col">Answered by, route, action</th>
          </tr>
        </thead>
        <tbody data-live="requests">
          ${requestRows(requests(), decided)}
        </tbody>
      </table>
    </div>
  </section>`;
}

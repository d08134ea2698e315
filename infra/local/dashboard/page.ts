import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { faultBanner } from "./faults-section.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { addressOf, type Tab, TABS } from "./tabs.ts";

/** What every page of the dashboard shows. */
export interface Frame extends Pick<DashboardOptions, "customers" | "faults"> {
  /** Whose page it is. */
  readonly customer: DashboardCustomer;
  /** Names this run of the server, so that a page of an earlier one is known as such. */
  readonly run: string;
  readonly tab: Tab;
  readonly main: Html;
}

/** Milliseconds after which a page asks for its news. */
const EVERY_MS = 1000;
/** What is in the account changes seldom, and takes a while to list. */
const SLOWER_MS = 5000;

/** The frame of every page: what fails on purpose, whose page it is, and the way to the others. */
export function framed(frame: Frame): Html {
  const { customer, faults, run, tab, main } = frame;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${TABS[tab].title} · Preview: waiting room on a local Cloudflare</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/theme.css" />
        <link rel="stylesheet" href="/assets/charts.css" />
        <link rel="stylesheet" href="/assets/dashboard.css" />
        <script src="/assets/dashboard.js" defer></script>
      </head>
      <body data-run="${run}" data-every="${tab === "account" ? SLOWER_MS : EVERY_MS}">
        <a class="skip" href="#main">To the content</a>
        <div class="on-top">
          <div id="trouble" class="trouble" role="alert"></div>
          <div data-live="faults-on" role="status">
            ${faultBanner(faults, { customerId: customer.customerId, run })}
          </div>
        </div>
        <header>
          <h1>A shop behind a waiting room</h1>
          <p class="soft">
            The Worker that would go to Cloudflare, deployed on this machine in front of a demo shop, with a
            local stand-in for Queue-it. Nothing leaves this machine.
          </p>
          ${customerTabs(frame)}
          <nav class="pages" aria-label="Pages of the dashboard">
            ${Object.entries(TABS).map(
              ([name, { title }]) =>
                html`<a
                  href="${addressOf(name as Tab, customer.customerId)}"
                  ${name === tab ? html`aria-current="page"` : ""}
                  >${title}</a
                >`,
            )}
          </nav>
        </header>
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html>`;
}

function customerTabs({ customers, customer, tab }: Frame): Html | "" {
  if (customers.length === 1) return "";
  return html`<nav class="row tabs" aria-label="Customers of Queue-it">
    ${customers.map(
      ({ customerId, deliveries }) =>
        html`<a
          href="${addressOf(tab, customerId)}"
          ${customerId === customer.customerId ? html`aria-current="page"` : ""}
          >${customerId}<span class="detail"
            >${deliveries.map(({ environment }) => environment).join(", ")}</span
          ></a
        >`,
    )}
  </nav>`;
}

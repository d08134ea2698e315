import { html } from "hono/html";
import { OUTCOMES } from "../activity/outcome.ts";
import type { Html } from "../../charts/html.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { filtered, isFiltered, type RequestFilter, STATUSES } from "./request-filter.ts";
import { requestTable } from "./request-log.ts";
import { addressOf } from "./tabs.ts";

const MOST_ROWS = 100;
const LATEST = 8;

type Seen = Pick<DashboardOptions, "customers" | "requests" | "decided" | "outcomeOf">;

const NONE = "There have been no requests yet.";

/** Everything that was asked for, by what one looks for. */
export function requestsSection(seen: Seen, { customerId }: DashboardCustomer, filter: RequestFilter): Html {
  const found = filtered(seen, filter);
  return html`<section class="card wide" id="requests">
    <h2>Requests</h2>
    <p class="soft">
      Newest first${seen.customers.length > 1 ? ", of all customers" : ""}; the latest thousand are kept.
      Requests “past the Worker” took a bypass route, or no route at all.
    </p>
    ${filterForm(customerId, filter)}
    <p class="soft" data-live="found">${foundWords(found.length, filter)}</p>
    <div class="log" tabindex="0" role="region" aria-label="Requests">
      ${requestTable(found.slice(0, MOST_ROWS), isFiltered(filter) ? "None is like that." : NONE)}
    </div>
  </section>`;
}

/** The latest few, with the way to all of them. */
export function latestRequests(seen: Seen, { customerId }: DashboardCustomer): Html {
  const found = filtered(seen, { text: "", status: undefined, outcome: undefined, by: undefined });
  return html`<section class="card wide" id="latest">
    <h2>Latest requests</h2>
    <div class="log" tabindex="0" role="region" aria-label="Latest requests">
      ${requestTable(found.slice(0, LATEST), NONE)}
    </div>
    <p><a href="${addressOf("requests", customerId)}">All requests, to search through</a></p>
  </section>`;
}

function foundWords(count: number, filter: RequestFilter): string {
  const shown = count > MOST_ROWS ? `; the latest ${MOST_ROWS} are shown` : "";
  return isFiltered(filter) ? `${count} found${shown}.` : `${count} kept${shown}.`;
}

function filterForm(customerId: string, { text, status, outcome, by }: RequestFilter): Html {
  const option = (value: string, words: string, chosen: string | undefined) =>
    html`<option value="${value}" ${value === (chosen ?? "") ? "selected" : ""}>${words}</option>`;
  return html`<form method="get" action="/requests" role="search" class="fields">
    <input type="hidden" name="customer" value="${customerId}" />
    <p class="grow">
      <label for="filter-text">Text</label>
      <input
        id="filter-text"
        name="text"
        type="search"
        value="${text}"
        autocomplete="off"
        spellcheck="false"
      />
    </p>
    <p>
      <label for="filter-status">Status</label>
      <select id="filter-status" name="status">
        ${option("", "any", status)} ${STATUSES.map((digit) => option(digit, `${digit}xx`, status))}
      </select>
    </p>
    <p>
      <label for="filter-decision">Decision</label>
      <select id="filter-decision" name="decision">
        ${option("", "any", outcome)}
        ${Object.entries(OUTCOMES).map(([name, words]) => option(name, words, outcome))}
      </select>
    </p>
    <p>
      <label for="filter-by">Answered by</label>
      <select id="filter-by" name="by">
        ${option("", "anybody", by)} ${option("worker", "a Worker", by)}
        ${option("bypass", "past the Worker", by)}
      </select>
    </p>
    <p class="at-end"><button>Show</button> <a href="${addressOf("requests", customerId)}">Show all</a></p>
  </form>`;
}

import { html } from "hono/html";
import { readable } from "../../text/readable.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { Html } from "../queue-it/page.ts";

const MOST_ROWS = 100;

/** Table rows, newest first. */
export function requestRows(events: readonly RequestEvent[]): Html {
  if (events.length === 0)
    return html`<tr>
      <td colspan="5">Nobody has asked for anything yet.</td>
    </tr>`;
  return html`${events.slice(-MOST_ROWS).reverse().map(row)}`;
}

function row(event: RequestEvent): Html {
  const { host, pathname, search } = new URL(event.url);
  return html`<tr>
    <td>${new Date(event.time).toISOString().slice(11, 23)}</td>
    <td>${event.method}</td>
    <td class="url" title="${event.url}">
      ${pathname}${search}<span class="detail">${readable(host)}</span>
    </td>
    <td>
      ${event.worker ?? "past the Worker"}<span class="detail">${readable(event.route ?? "no route")}</span>
    </td>
    <td class="${event.status >= 400 ? "bad" : ""}">${event.status}</td>
  </tr>`;
}

import { html } from "hono/html";
import { readable } from "../../text/readable.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { Html } from "../queue-it/page.ts";

const MOST_ROWS = 100;

/** Table rows, newest first. */
export function requestRows(
  events: readonly RequestEvent[],
  decided: (event: RequestEvent) => string | undefined,
): Html {
  if (events.length === 0)
    return html`<tr>
      <td colspan="3">There have been no requests yet.</td>
    </tr>`;
  return html`${events
    .slice(-MOST_ROWS)
    .reverse()
    .map((event) => row(event, decided(event)))}`;
}

function row(event: RequestEvent, decided: string | undefined): Html {
  const { host, pathname, search } = new URL(event.url);
  return html`<tr>
    <td class="${event.status >= 400 ? "status bad" : "status"}">${event.status}</td>
    <td class="url">
      ${event.method} <bdi>${pathname}${search}</bdi
      ><span class="detail">${readable(host)}, ${new Date(event.time).toISOString().slice(11, 23)}</span>
    </td>
    <td>
      ${event.worker ?? "past the Worker"}<span class="detail">${readable(event.route ?? "no route")}</span
      >${decided === undefined ? "" : html`<span class="detail decided">${decided}</span>`}
    </td>
  </tr>`;
}

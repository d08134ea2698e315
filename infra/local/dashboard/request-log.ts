import { html } from "hono/html";
import { readable } from "../../text/readable.ts";
import { OUTCOMES } from "../activity/outcome.ts";
import type { Html } from "../../charts/html.ts";
import type { ShownRequest } from "./request-filter.ts";

/** A table of requests, in the order they come in. */
export function requestTable(requests: readonly ShownRequest[], whenNone: string): Html {
  return html`<table>
    <thead>
      <tr>
        <th scope="col" class="status">Status</th>
        <th scope="col">Request</th>
        <th scope="col">Decision, route, action</th>
      </tr>
    </thead>
    <tbody data-live="requests">
      ${
        requests.length === 0
          ? html`<tr>
              <td colspan="3">${whenNone}</td>
            </tr>`
          : requests.map(row)
      }
    </tbody>
  </table>`;
}

function row({ event, outcome, decided }: ShownRequest): Html {
  const { host, pathname, search } = new URL(event.url);
  return html`<tr>
    <td class="${event.status >= 400 ? "status bad" : "status"}">${event.status}</td>
    <td class="url">
      ${event.method} <bdi>${pathname}${search}</bdi
      ><span class="detail">${readable(host)}, ${new Date(event.time).toISOString().slice(11, 23)}</span>
    </td>
    <td>
      ${outcome === undefined || outcome === "bypassed" ? "" : html`<strong>${OUTCOMES[outcome]}</strong>, `}${
        event.worker ?? "past the Worker"
      }<span class="detail">${readable(event.route ?? "no route")}</span
      >${decided === undefined ? "" : html`<span class="detail decided">${decided}</span>`}
    </td>
  </tr>`;
}

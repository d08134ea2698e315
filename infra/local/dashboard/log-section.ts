import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";

/** What the Workers, the edge and the local Queue-it wrote, newest first. */
export function logSection(
  { log }: Pick<DashboardOptions, "log">,
  { customerId }: DashboardCustomer,
  text: string,
): Html {
  const wanted = text.toLowerCase();
  const found = log()
    .filter(({ level, message }) => `${level} ${message}`.toLowerCase().includes(wanted))
    .toReversed();
  return html`<section class="card wide" id="log">
    <h2>Log</h2>
    <p class="soft">
      What Workers wrote to their console, and what broke behind the edge. The latest 500 lines, newest first;
      secrets are hidden.
    </p>
    <form method="get" action="/log" role="search" class="fields">
      <input type="hidden" name="customer" value="${customerId}" />
      <p class="grow">
        <label for="log-text">Text</label>
        <input
          id="log-text"
          name="text"
          type="search"
          value="${text}"
          autocomplete="off"
          spellcheck="false"
        />
      </p>
      <p class="at-end"><button>Show</button></p>
    </form>
    <div class="log" tabindex="0" role="region" aria-label="Lines of the log">
      <ol class="lines" data-live="log">
        ${
          found.length === 0
            ? html`<li>Nothing was written${text === "" ? " yet" : " like that"}.</li>`
            : found.map(
                ({ time, level, message }) =>
                  html`<li class="${level === "error" ? "bad" : ""}">
                    <span class="soft">${new Date(time).toISOString().slice(11, 23)} ${level}</span>
                    <bdi>${message}</bdi>
                  </li>`,
              )
        }
      </ol>
    </div>
  </section>`;
}

import { html } from "hono/html";
import { readable } from "../../text/readable.ts";
import type { Script, ScriptBinding } from "../cloudflare/account/model.ts";
import type { Html } from "../../charts/html.ts";
import type { ShownAccount } from "./options.ts";

/** More of each nobody reads here; the management API lists all. */
const MOST_WORKERS = 20;
const MOST_VERSIONS = 5;
const MOST_BINDINGS = 50;
const MOST_ROUTES = 100;
const LONGEST_TEXT = 200;

/** What runs: each Worker with its version, bindings and cron triggers. No secret is shown. */
export function workersSection(account: ShownAccount, hide: (text: string) => string): Html {
  const { scripts } = account;
  return html`<section class="card wide" id="workers">
    <h2>Workers</h2>
    <div data-live="workers">
      ${scripts.length === 0 ? html`<p>No Worker is deployed.</p>` : ""}
      ${scripts.slice(0, MOST_WORKERS).map((script) => worker(script, account.schedules(script.name), hide))}
      ${more(scripts.length - MOST_WORKERS, "Workers")}
    </div>
  </section>`;
}

function worker(script: Script, crons: readonly string[], hide: (text: string) => string): Html {
  const { name, format, compatibilityDate, compatibilityFlags, bindings, content, history } = script;
  const versions = history?.versions ?? [];
  const running = history?.deployments.at(-1)?.versionId;
  return html`<details class="thing" id="worker-${name}">
    <summary>
      <bdi>${name}</bdi>
    </summary>
    <dl class="facts">
      <dt>Code</dt>
      <dd>
        ${format === "es-module" ? "ES module" : "service worker"}, ${content.length.toLocaleString("en")}
        characters, compatibility date
        ${compatibilityDate}${compatibilityFlags.length === 0 ? "" : html`, ${compatibilityFlags.join(", ")}`}
      </dd>
      <dt>Versions</dt>
      <dd>
        <ul>
          ${versions
            .slice(-MOST_VERSIONS)
            .toReversed()
            .map(
              ({ id, number, createdOn, source }) =>
                html`<li>
                  ${number}, ${createdOn},
                  ${source === "wrangler" ? "by wrangler" : "by the API"}${
                    id === running ? html` <strong class="good">answers now</strong>` : ""
                  }<span class="detail">${id}</span>
                </li>`,
            )}
        </ul>
        ${more(versions.length - MOST_VERSIONS, "earlier ones")}
      </dd>
      <dt>Bindings</dt>
      <dd>
        <ul>
          ${bindings.slice(0, MOST_BINDINGS).map((bound) => binding(bound, hide))}
        </ul>
        ${more(bindings.length - MOST_BINDINGS, "bindings")}
      </dd>
      <dt>Cron triggers</dt>
      <dd>${crons.length === 0 ? "none" : crons.map((cron) => html`<code>${cron}</code> `)}</dd>
    </dl>
  </details>`;
}

function binding(bound: ScriptBinding, hide: (text: string) => string): Html {
  const name = html`<code>${bound.name}</code>`;
  switch (bound.type) {
    case "kv_namespace":
      return html`<li>${name}: KV namespace ${bound.namespaceId}</li>`;
    case "plain_text":
      return html`<li>${name}: <bdi>${cut(hide(bound.text))}</bdi></li>`;
    case "json":
      return html`<li>${name}: <bdi>${cut(hide(JSON.stringify(bound.json)))}</bdi></li>`;
    case "secret_text":
      return html`<li>${name}: secret, hidden</li>`;
    case "secrets_store_secret":
      return html`<li>${name}: secret ${bound.secretName} of a Secrets Store, hidden</li>`;
    case "service":
      return html`<li>${name}: the Worker ${bound.service}</li>`;
  }
}

/** Which requests get to which Worker. */
export function routesSection({ routes, domains, zones }: ShownAccount): Html {
  const zone = (id: string) => zones.find((each) => each.id === id)?.name ?? id;
  return html`<section class="card wide" id="routes">
    <h2>Routes</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Routes" data-live="routes">
      <table>
        <thead>
          <tr>
            <th scope="col">Pattern</th>
            <th scope="col">Goes to</th>
            <th scope="col">Zone</th>
          </tr>
        </thead>
        <tbody>
          ${
            routes.length + domains.length === 0
              ? html`<tr>
                  <td colspan="3">There are no routes: every request goes to the origin.</td>
                </tr>`
              : ""
          }
          ${routes
            .slice(0, MOST_ROUTES)
            .map(({ pattern, script, zoneId }) => route(readable(pattern), script, zone(zoneId)))}
          ${domains
            .slice(0, MOST_ROUTES)
            .map(({ hostname, script, zoneId }) =>
              route(`${readable(hostname)} (custom domain)`, script, zone(zoneId)),
            )}
        </tbody>
      </table>
      ${more(routes.length - MOST_ROUTES, "routes")}
    </div>
  </section>`;
}

function route(pattern: string, script: string | undefined, zone: string): Html {
  return html`<tr>
    <td><bdi>${pattern}</bdi></td>
    <td>${script === undefined ? "past the Workers" : html`<bdi>${script}</bdi>`}</td>
    <td><bdi>${readable(zone)}</bdi></td>
  </tr>`;
}

function more(count: number, what: string): Html | "" {
  return count > 0 ? html`<p class="soft">and ${count.toLocaleString("en")} more ${what}</p>` : "";
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)` : text;
}

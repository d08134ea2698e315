import { html } from "hono/html";
import { readable } from "../../text/readable.ts";
import { type ConfigurationFile, readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";
import type { Html } from "../queue-it/page.ts";
import type { LocalQueueItControl } from "../queue-it/local-queue-it.ts";
import { requestRows } from "./request-log.ts";
import type { DashboardOptions } from "./options.ts";

/** What was typed into the editor and could not be taken. */
export interface RefusedConfiguration {
  readonly text: string;
  readonly reasons: readonly string[];
}

/** Visitors per minute at the right end of the slider. */
export const HIGHEST_OUTFLOW = 120;

/** The dashboard, with everything on one page. */
export function dashboardPage(options: DashboardOptions, refused: RefusedConfiguration | undefined): Html {
  const { queueIt } = options;
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
      <body>
        <header>
          <h1>A shop behind a waiting room</h1>
          <p class="soft">
            The Worker that would go to Cloudflare, deployed on this machine in front of a demo shop, with a
            local stand-in for Queue-it. Nothing leaves this machine.
          </p>
        </header>
        <main>
          ${linksSection(options)} ${stepsSection(options)} ${logSection(options)} ${outflowSection(queueIt)}
          ${publishSection(queueIt)} ${editorSection(options, refused)}
        </main>
      </body>
    </html>`;
}

function linksSection({ links }: DashboardOptions): Html {
  return html`<section class="card">
    <h2>Try it</h2>
    <ul class="links">
      ${links().map(
        ({ label, url, explains }) =>
          html`<li>
            <a href="${url}" target="_blank" rel="noopener">${readable(label)}</a
            ><span class="detail">${explains}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function stepsSection({ steps }: DashboardOptions): Html {
  return html`<section class="card">
    <h2>What was set up</h2>
    <ul class="steps">
      ${steps().map(
        ({ title, detail, milliseconds }) =>
          html`<li>
            <span class="time">${milliseconds < 1 ? "" : `${Math.round(milliseconds)} ms`}</span>${title}<span
              class="detail"
              >${readable(detail)}</span
            >
          </li>`,
      )}
    </ul>
  </section>`;
}

function logSection({ requests }: DashboardOptions): Html {
  return html`<section class="card wide">
    <h2>Requests</h2>
    <p class="soft">Newest first. What went “past the Worker” took a bypass route, or no route at all.</p>
    <div class="log" tabindex="0" role="region" aria-label="Requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Method</th>
            <th scope="col">Address</th>
            <th scope="col">Answered by, route</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody data-live="requests">
          ${requestRows(requests())}
        </tbody>
      </table>
    </div>
  </section>`;
}

function outflowSection(queueIt: LocalQueueItControl): Html {
  const outflow = queueIt.getOutflow();
  return html`<section class="card">
    <h2>Waiting rooms</h2>
    <form method="post" action="/outflow">
      <label for="perMinute"
        >Visitors let in per minute: <output data-outflow for="perMinute">${outflow}</output></label
      >
      <input
        id="perMinute"
        name="perMinute"
        type="range"
        min="0"
        max="${HIGHEST_OUTFLOW}"
        value="${outflow}"
      />
      <button data-without-script class="plain">Set</button>
    </form>
    <p class="soft">In each waiting room; at 0 the line stands still.</p>
    <ul data-live="lines">
      ${queueIt
        .getLines()
        .map(
          ({ waitingRoomId, length }) =>
            html`<li>
              <strong>${waitingRoomId}</strong>: ${length === 0 ? "nobody waits" : `${length} in line`}
            </li>`,
        )}
    </ul>
    <form method="post" action="/crowd">
      <p><button class="plain">Put a crowd of 20 in every line</button></p>
    </form>
  </section>`;
}

function publishSection(queueIt: LocalQueueItControl): Html {
  const last = queueIt.lastPublish();
  return html`<section class="card" id="publish">
    <h2>Publish now</h2>
    <p class="soft">
      Sends the integration configuration to the Worker, signed, as Queue-it’s platform does. Each isolate of
      the Worker notices within its time to live.
    </p>
    <form method="post" action="/publish"><button>Publish now</button></form>
    <p data-live="publish" role="status">
      ${
        last === undefined
          ? "Not published yet."
          : html`<strong class="${last.accepted ? "good" : "bad"}">${last.answer}</strong> Version
              ${last.version}, ${new Date(last.at).toISOString().slice(11, 19)} UTC`
      }
    </p>
  </section>`;
}

function editorSection(
  { queueIt, matching }: DashboardOptions,
  refused: RefusedConfiguration | undefined,
): Html {
  return html`<section class="card wide" id="configuration">
    <h2>Integration configuration</h2>
    <form method="post" action="/configuration">
      <label for="json"
        >Which requests have to queue, as JSON. Saving counts the version up; publish it afterwards.</label
      >
      ${
        refused === undefined
          ? ""
          : html`<div class="bad" role="alert">
              <strong>Not saved. The configuration that was there is still in use.</strong>
              <ul class="problems">
                ${refused.reasons.map((reason) => html`<li>${reason}</li>`)}
              </ul>
            </div>`
      }
      <div data-live="warnings" role="status">
        ${warningList(readConfigurationFile(queueIt.getConfiguration()), matching)}
      </div>
      <textarea id="json" name="json" spellcheck="false" autocomplete="off">
${refused?.text ?? queueIt.getConfiguration()}</textarea>
      <button>Save</button>
    </form>
  </section>`;
}

function warningList(file: ConfigurationFile, matching: DashboardOptions["matching"]): Html | "" {
  const warnings = file.ok ? configurationWarnings(file.configuration, matching) : [];
  if (warnings.length === 0) return "";
  return html`<div class="warning">
    <strong>The configuration in use works, but look at this:</strong>
    <ul class="problems">
      ${warnings.map(({ what, remedy }) => html`<li>${what} → ${remedy}</li>`)}
    </ul>
  </div>`;
}

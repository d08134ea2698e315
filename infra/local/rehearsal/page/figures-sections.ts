import { html } from "hono/html";
import type { Html } from "../../../charts/html.ts";
import { duration } from "../../../text/duration.ts";
import { figure } from "../../../text/figures.ts";
import { printable } from "../../../text/printable.ts";
import type { Rehearsal } from "../rehearsal.ts";
import { costSentence, lineSentence, trafficSentence } from "../verdict/sentences.ts";
import { costTable, failedOpenTable, outcomesTable, type Table, waitsTable } from "../verdict/tables.ts";
import type { Verdict } from "../verdict/verdict.ts";

/** How long they waited. */
export function waitsSection(verdict: Verdict): Html {
  return html`<section class="card" aria-labelledby="waiting">
    <h2 id="waiting">Waiting</h2>
    <p>${lineSentence(verdict.line)}</p>
    ${table("Waiting times", waitsTable(verdict))}
  </section>`;
}

/** Where the requests went. */
export function requestsSection(verdict: Verdict): Html {
  return html`<section class="card" aria-labelledby="requests">
    <h2 id="requests">Requests</h2>
    <p>${trafficSentence(verdict.traffic)}</p>
    ${table("What became of the requests", outcomesTable(verdict))}
    ${table("Failed open", failedOpenTable(verdict))}
  </section>`;
}

/** What the real sale would cost, and what of that is no measurement. */
export function costSection(verdict: Verdict): Html {
  const { cost } = verdict;
  return html`<section class="card" aria-labelledby="cost">
    <h2 id="cost">Cost at Cloudflare</h2>
    <p>${costSentence(cost)}</p>
    ${table("Cost of the real sale", costTable(verdict))}
    <ul class="soft">
      ${cost.estimated.map((sentence) => html`<li>${sentence}</li>`)}
      <li>Price list: <code>${cost.priceList.source}</code></li>
    </ul>
  </section>`;
}

/** What this rehearsal says nothing about. */
export function notTriedSection({ notTried }: Verdict): Html | "" {
  if (notTried.length === 0) return "";
  return html`<section class="card" aria-labelledby="not-tried">
    <h2 id="not-tried">Not tried</h2>
    <p class="soft">This rehearsal says nothing about:</p>
    <ul>
      ${notTried.map((what) => html`<li>${what}</li>`)}
    </ul>
  </section>`;
}

/** What it takes to do it again, and what it took. */
export function technicalSection(rehearsal: Rehearsal): Html {
  const { worker, bundleHash, scenario, startedAt, tookMs, simulatedMs, cpuMs, peakMemory } = rehearsal;
  const rows: readonly (readonly [string, string])[] = [
    ["Worker", worker],
    ["Bundle (SHA-256)", bundleHash],
    ["Seed", String(scenario.seed)],
    ["Began", startedAt],
    ["Took", `${duration(tookMs)} for ${duration(simulatedMs)}`],
    ["CPU of workerd", duration(cpuMs)],
    ["Memory at most", `${figure(peakMemory / 2 ** 20)} MiB`],
  ];
  return html`<section class="card" aria-labelledby="technical">
    <h2 id="technical">Technical details</h2>
    <dl class="facts">
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd><code>${printable(value)}</code></dd>`,
      )}
    </dl>
  </section>`;
}

function table(name: string, { head, rows }: Table): Html | "" {
  if (rows.length === 0) return "";
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = "", ...cells]) =>
            html`<tr>
              <th scope="row">${printable(first)}</th>
              ${cells.map((cell, index) => html`<td data-head="${head[index + 1] ?? ""}">${printable(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

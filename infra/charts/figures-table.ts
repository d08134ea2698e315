import { html } from "hono/html";
import type { TimeChart } from "./chart.ts";
import type { Html } from "./html.ts";
import { durationLabel } from "./ticks.ts";

/** More rows nobody reads. */
const MOST_ROWS = 24;

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** The figures of a chart as a table, for who does not see it and who wants a number. */
export function figuresTable({
  title,
  timesMs,
  series,
}: Pick<TimeChart, "title" | "timesMs" | "series">): Html {
  const step = Math.ceil(timesMs.length / MOST_ROWS);
  const shown = [...timesMs.keys()].filter((index) => index % step === 0);
  return html`<details class="chart-figures">
    <summary>Figures</summary>
    <div class="chart-scroll" tabindex="0" role="region" aria-label="Figures: ${title}">
      <table>
        <caption>
          ${title}${step === 1 ? "" : `, one of ${step} moments`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            ${series.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (index) =>
              html`<tr>
                <th scope="row">${durationLabel(timesMs[index] ?? 0)}</th>
                ${series.map(({ values }) => html`<td>${NUMBER.format(values[index] ?? 0)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

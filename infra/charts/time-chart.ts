import { html } from "hono/html";
import { bandShapes } from "./bands.ts";
import type { Band, TimeChart } from "./chart.ts";
import { figuresTable } from "./figures-table.ts";
import type { Html } from "./html.ts";
import { shapesOf } from "./shapes.ts";
import { timeTicks, valueTicks, type Ticks } from "./ticks.ts";

/**
 * A chart as HTML that needs nothing but `assets/charts.css`: no script, and no inline style, so that a page may
 * forbid both. Its shapes stretch with the page while its text keeps its size. The same figures are below it as a
 * table. What its numbered bands are, `bandList` says: once for all charts that have the same.
 */
export function timeChart(chart: TimeChart): Html {
  const { id, title, timesMs, series, bands = [] } = chart;
  return html`<figure class="chart" aria-labelledby="${id}-caption">
    <figcaption id="${id}-caption">${title}</figcaption>
    ${series.length > 1 ? legend(chart) : ""}
    ${
      timesMs.length < 2
        ? html`<p class="chart-empty">Nothing to show yet.</p>`
        : html`${plot(chart, bands)} ${figuresTable(chart)}`
    }
  </figure>`;
}

/** In the order in which the eye meets them: what is stacked last is on top. */
function legend({ series, kind }: TimeChart): Html {
  const shown = kind === "stacked" ? series.toReversed() : series;
  return html`<ul class="chart-legend">
    ${shown.map(
      ({ name, tone }) =>
        html`<li class="chart-${tone}">
          <svg aria-hidden="true" width="18" height="10">
            ${
              kind === "lines"
                ? html`<line class="chart-line" x1="0" x2="18" y1="5" y2="5" />`
                : html`<rect class="chart-swatch" width="18" height="10" rx="2" />`
            }</svg
          >${name}
        </li>`,
    )}
  </ul>`;
}

function plot(chart: TimeChart, bands: readonly Band[]): Html {
  const { id, title, description, timesMs } = chart;
  const time = timeTicks(timesMs[0] ?? 0, timesMs.at(-1) ?? 0);
  const value = valueTicks(highest(chart));
  return html`<svg class="chart-plot" role="img" aria-labelledby="${id}-title ${id}-description">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-description">${description}</desc>
    ${valueAxis(value)}
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%">
      ${shapesOf(chart, time, value)}
    </svg>
    ${bandShapes(bands, time)} ${timeAxis(time)}
  </svg>`;
}

function valueAxis({ ticks, at }: Ticks): Html {
  return html`${ticks.map(({ value, label }) => {
    const y = 100 - at(value) / 10;
    return html`<line class="chart-grid" x1="0" x2="100%" y1="${y}%" y2="${y}%" />
      <text class="chart-tick" x="-8" y="${y}%" dy="0.32em" text-anchor="end">${label}</text>`;
  })}`;
}

/** Every second label goes where there is no room for all. */
function timeAxis({ ticks, at }: Ticks): Html {
  return html`<line class="chart-axis" x1="0" x2="100%" y1="100%" y2="100%" /> ${ticks.map(
      ({ value, label }, index) =>
        html`<text
          class="chart-tick${ticks.length > 4 && index % 2 === 1 ? " chart-second" : ""}"
          x="${at(value) / 10}%"
          y="100%"
          dy="1.5em"
          text-anchor="middle"
        >
          ${label}
        </text>`,
    )}`;
}

function highest({ series, kind, timesMs }: TimeChart): number {
  const sums = timesMs.map((_, index) => {
    const values = series.map(({ values: own }) => own[index] ?? 0);
    return kind === "stacked" ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  });
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

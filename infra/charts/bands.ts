import { html } from "hono/html";
import type { Band } from "./chart.ts";
import type { Html } from "./html.ts";
import { durationLabel, type Ticks } from "./ticks.ts";

/** Where what happened stands in a chart, each with its number in `bandList`. */
export function bandShapes(bands: readonly Band[], { at }: Ticks): Html {
  return html`${bands.map(({ tone, fromMs, toMs }, index) => {
    const [from, to] = [inside(at(fromMs)), inside(at(toMs ?? fromMs))];
    return html`<g class="chart-${tone}">
      ${
        toMs === undefined
          ? ""
          : html`<rect
              class="chart-band"
              x="${from / 10}%"
              width="${(to - from) / 10}%"
              y="0"
              height="100%"
            />`
      }
      <line class="chart-begin" x1="${from / 10}%" x2="${from / 10}%" y1="-4" y2="100%" />
      <text class="chart-mark" x="${from / 10}%" y="-7" text-anchor="middle">${index + 1}</text>
    </g>`;
  })}`;
}

/** What the numbered bands of a chart are, in words. */
export function bandList(bands: readonly Band[]): Html | "" {
  if (bands.length === 0) return "";
  return html`<ol class="chart-bands">
    ${bands.map(
      ({ what, fromMs, toMs }) =>
        html`<li>
          ${what}
          <span class="chart-when"
            >${
              toMs === undefined
                ? `at ${durationLabel(fromMs)}`
                : `${durationLabel(fromMs)} to ${durationLabel(toMs)}`
            }</span
          >
        </li>`,
    )}
  </ol>`;
}

/** What lasts beyond the chart ends at its edge. */
function inside(thousandths: number): number {
  return Math.min(1000, Math.max(0, thousandths));
}

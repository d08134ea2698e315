import { area, line, stack } from "d3-shape";
import { html } from "hono/html";
import type { Series, TimeChart } from "./chart.ts";
import type { Html } from "./html.ts";
import type { Ticks } from "./ticks.ts";

type Point = readonly [at: number, low: number, high: number];

/** The shapes of a chart, in a square of a thousand by a thousand that is stretched to its place. */
export function shapesOf({ kind, timesMs, series }: TimeChart, time: Ticks, value: Ticks): Html {
  const points = kind === "stacked" ? stacked(timesMs, series) : series.map((one) => alone(timesMs, one));
  const x = ([at]: Point) => time.at(at);
  const low = ([, from]: Point) => 1000 - value.at(from);
  const high = ([, , to]: Point) => 1000 - value.at(to);
  const outline = line(x, high);
  const surface = area(x, low, high);
  return html`${series.map(
    ({ tone }, index) =>
      html`<g class="chart-${tone}">
        ${
          kind === "lines"
            ? ""
            : html`<path
                class="chart-area${kind === "area" ? " chart-area-alone" : ""}"
                d="${surface(points[index] ?? []) ?? ""}"
              />`
        }
        ${
          kind === "stacked"
            ? ""
            : html`<path
                class="chart-line"
                vector-effect="non-scaling-stroke"
                d="${outline(points[index] ?? []) ?? ""}"
              />`
        }
      </g>`,
  )}`;
}

function alone(timesMs: readonly number[], { values }: Series): Point[] {
  return timesMs.map((at, index) => [at, 0, values[index] ?? 0]);
}

function stacked(timesMs: readonly number[], series: readonly Series[]): Point[][] {
  const layers = stack<number, number>()
    .keys(series.keys())
    .value((index, key) => series[key]?.values[index] ?? 0)([...timesMs.keys()]);
  return layers.map((layer) => layer.map(([low, high], index) => [timesMs[index] ?? 0, low, high]));
}

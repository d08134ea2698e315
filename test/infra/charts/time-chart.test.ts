import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, it } from "vitest";
import { bandList } from "../../../infra/charts/bands.ts";
import type { Band, TimeChart } from "../../../infra/charts/chart.ts";
import { timeChart } from "../../../infra/charts/time-chart.ts";

const CHART: TimeChart = {
  id: "line",
  title: "Visitors in line",
  description: "Rises for a minute, then falls.",
  kind: "lines",
  timesMs: [0, 60_000, 120_000],
  series: [
    { name: "Waiting", tone: "blue", values: [0, 80, 20] },
    { name: "Browsing", tone: "green", values: [0, 10, 40] },
  ],
};

const drawn = (changed: Partial<TimeChart> = {}) => String(timeChart({ ...CHART, ...changed }));
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found ?? "");
const paths = (text: string) => all(text, /<path[^>]* d="([^"]*)"/g);

it("puts time from left to right and values from the bottom up", () => {
  expect(paths(drawn())).toEqual(["M0,1000L500,0L1000,750", "M0,1000L500,875L1000,500"]);
});

it("stacks each series on those before it", () => {
  const [first, second] = paths(drawn({ kind: "stacked" }));
  // The axis ends at 100: 80 and 10 upon it are 90.
  expect(first).toBe("M0,1000L500,200L1000,800L1000,1000L500,1000L0,1000Z");
  expect(second).toBe("M0,1000L500,100L1000,400L1000,800L500,200L0,1000Z");
});

it("names itself and says what is to be seen, where a screen reader looks", () => {
  const text = drawn();
  const [named = ""] = all(text, /role="img" aria-labelledby="([^"]*)"/g);
  for (const id of named.split(" ")) expect(text).toContain(`id="${id}"`);
  expect(text).toContain(">Rises for a minute, then falls.</desc>");
});

it("has its figures below it as a table", () => {
  const rows = all(drawn().replaceAll(/\s+/g, " "), /<tr>(.*?)<\/tr>/g).map((row) =>
    row
      .replaceAll(/<[^>]*>/g, " ")
      .trim()
      .split(/\s+/),
  );
  expect(rows).toEqual([
    ["Time", "Waiting", "Browsing"],
    ["0", "0", "0"],
    ["1", "min", "80", "10"],
    ["2", "min", "20", "40"],
  ]);
});

it("leaves out rows of a long table, and says so", () => {
  const timesMs = Array.from({ length: 3600 }, (_, second) => second * 1000);
  const text = drawn({ timesMs, series: [{ name: "Waiting", tone: "blue", values: timesMs }] });
  expect(all(text, /<th scope="row">([^<]*)/g).length).toBe(24);
  expect(text).toContain("Visitors in line, one of 150 moments");
});

it("shows what happened, with the number that it has in the list", () => {
  const bands: readonly Band[] = [
    { what: "KV is slow", tone: "amber", fromMs: 30_000, toMs: 90_000 },
    { what: "A deploy", tone: "blue", fromMs: 60_000, toMs: undefined },
  ];
  const text = drawn({ bands }) + String(bandList(bands));
  expect(text).toMatch(/<rect\s+class="chart-band"\s+x="25%"\s+width="50%"/);
  expect(all(text, /class="chart-mark"[^>]*>(\d+)</g)).toEqual(["1", "2"]);
  expect(all(text, /class="chart-when"\s*>([^<]*)</g)).toEqual(["30 s to 1:30 min", "at 1 min"]);
});

it("ends at its edge what goes on after it", () => {
  const text = drawn({ bands: [{ what: "KV is slow", tone: "amber", fromMs: 60_000, toMs: 900_000 }] });
  expect(text).toMatch(/class="chart-band"\s+x="50%"\s+width="50%"/);
});

it("says that there is nothing to show yet, rather than an empty frame", () => {
  expect(drawn({ timesMs: [0], series: [] })).toContain("Nothing to show yet.");
  expect(drawn({ timesMs: [0], series: [] })).not.toContain("<svg");
});

it("draws a line along the bottom where all is zero", () => {
  expect(paths(drawn({ series: [{ name: "Waiting", tone: "blue", values: [0, 0, 0] }] }))).toEqual([
    "M0,1000L500,1000L1000,1000",
  ]);
});

it("is the same elements and attributes whatever its words are: no script, no style, no address", () => {
  const hostile = ["<script>alert(1)</script>", '" onload="x', "</svg><img src=x onerror=y>", "]]>", "&lt;"];
  const word = fc.oneof(fc.string(), fc.constantFrom(...hostile));
  const worded = (title: string, description: string, name: string, what: string) => {
    const series = [{ name, tone: "blue", values: [1, 2, 3] } as const];
    const bands = [{ what, tone: "red", fromMs: 0, toMs: 60_000 } as const];
    return drawn({ title, description, series, bands }) + String(bandList(bands));
  };
  const expected = shapeOf(worded("a", "b", "c", "d"));
  expect(expected.join(" ")).not.toMatch(/script|style|href|src|\bon/);
  fc.assert(
    fc.property(word, word, word, word, (...words) => {
      expect(shapeOf(worded(...words))).toEqual(expected);
    }),
  );
});

it("has a style for each of its classes, and its style sheet none that it does not use", () => {
  const css = readFileSync(new URL("../../../infra/charts/assets/charts.css", import.meta.url), "utf8");
  const tones = ["blue", "green", "amber", "red", "violet", "grey"] as const;
  const series = tones.map((tone) => ({ name: tone, tone, values: [1, 2, 3] }));
  const bands = [{ what: "KV is slow", tone: "amber", fromMs: 0, toMs: 60_000 } as const];
  const kinds = ["lines", "area", "stacked"] as const;
  const pages = [
    ...kinds.map((kind) => drawn({ kind, series, bands })),
    drawn({ timesMs: [] }),
    String(bandList(bands)),
  ].join("");
  const used = all(pages, /class="([^"]*)"/g).flatMap((classes) => classes.split(" "));
  const styled = all(css, /\.(chart[a-z-]*)/g);
  expect([...new Set(used)].filter((name) => !styled.includes(name))).toEqual([]);
  expect([...new Set(styled)].filter((name) => !used.includes(name))).toEqual([]);
});

/** Each element with the names of its attributes, as a browser reads them. */
function shapeOf(text: string): readonly string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => found.push([name, ...Object.keys(attributes)].join(" ")),
  });
  parser.end(text);
  return found;
}

import type { Race, Results } from "./results.ts";
import type { Machine } from "./machine.ts";
import { IDENTICAL, type Cost } from "./race.ts";
import type { Spread } from "./statistics.ts";
import type { ToolTime } from "./tools.ts";

const STANDARD_COOKIES = 3;
const TITLES: Readonly<Record<string, string>> = {
  ours: "Ours",
  plain: "The plain way",
  [IDENTICAL]: "A second bare Worker: the error of the measurement",
};

/** The page that people read: tables, the machine, and how it was measured. */
export function renderReport(results: Results): string {
  const { machine } = results;
  const sizes = [...new Set(results.races.map(({ actions }) => actions))];
  const standard = results.races.filter(({ cookies }) => cookies === STANDARD_COOKIES);
  const kinds = [...new Set(standard.map(({ kind }) => kind))];
  const candidates = [...new Set(standard.flatMap(({ result }) => Object.keys(result)))];
  return `# What the connector costs

Made by \`npm run bench\`; do not edit. Commit ${machine.commit}, ${machine.date}.

![Cost of a page view by number of actions](chart.svg)

Microseconds of processor time per request above a bare Worker. First the median of the turns, which is what a request
costs while nothing else happens; in brackets the mean without the highest and lowest twentieth, with most of the garbage collection, ± its standard
error.

${candidates.map((name) => costs(name, sizes, kinds, standard)).join("\n")}
## Cookies of the visitor

Besides the session cookie, which is the last of them.

${table(
  [
    "",
    ...[...new Set(results.races.map(({ cookies }) => cookies))]
      .toSorted((a, b) => a - b)
      .map((n) => `${n} cookies`),
  ],
  cookieRows(results.races),
)}
## A cold isolate

From the start of the process to its first answer, and live memory after it, both above the bare pass-through's.

${table(
  ["", "actions", "processor time, ms", "memory, MiB"],
  results.coldStarts.map(({ candidate, actions, milliseconds, heapMebibytes }) => [
    candidate,
    actions.toLocaleString("en"),
    cell(milliseconds),
    cell(heapMebibytes),
  ]),
)}
The bundle has ${kib(results.bundleBytes)} KiB minified, ${kib(results.gzippedBytes)} KiB gzipped.

## How it is measured

- Processor time of one workerd process, all threads, divided by the requests of a turn: not wall time. Of it the same of
  a bare twin is taken off, which passes through (\`fetch(request)\`) or answers a bare 302.
- The two take turns of a few milliseconds for ${results.measureMilliseconds / 1000} s, strictly one after the other: each comes when the other has
  just had the processor's caches, and what else the machine does falls on both alike. Both are new processes for each
  figure, of the same age. A second bare Worker, measured the same way, shows the error of all that.
- Before that they take turns for ${results.warmUpMilliseconds / 1000} s: the engine compiles the SDK and the hash for good only
  after thousands of requests, and an isolate that is younger costs up to twice as much.
- Each candidate has a process of its own, and load goes straight to its Worker's socket: no simulator is in between. The
  origin and KV are two sockets of the bench's process that answer fixed bytes, so \`plain\` pays for a real subrequest.
  KV holds the configuration, and beside a large one the index that the Worker keeps there.
- Answers are checked before and after each race.
- An action has one trigger of two parts (path or URL contains, path equals, host equals or equals any, and not contains);
  only the last action matches. A visitor brings ${STANDARD_COOKIES} cookies of the site.
- \`ours\` is the bundle that ships. \`plain\` is the SDK called with the configuration read from KV on every request, as the
  vendor's examples do (\`bench/candidates/plain.ts\`). \`against\`, where it is there, is an earlier bundle of ours, as a
  measure of what changed under the same conditions.

What was tried, what helped and why a figure is not lower: [where the time goes](where-the-time-goes.md). How long the
tools take: [tools](tools.md).

${machineLine(machine)}
`;
}

/** The page about the tools. */
export function renderTools(machine: Machine, tools: readonly ToolTime[]): string {
  return `# How long the tools take

Made by \`npm run bench -- --tools\`; do not edit. Commit ${machine.commit}, ${machine.date}. What dominates, and what was
cut: [where the time goes](where-the-time-goes.md#tools).

${table(
  ["", "seconds", "runs"],
  tools.map(({ tool, seconds }) => [tool, cell(seconds), String(seconds.samples)]),
)}
Seconds on the clock, from the start of the command: the median, ± the median absolute deviation.

${machineLine(machine)}
`;
}

function machineLine(machine: Machine): string {
  return `Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGibibytes} GiB, ${machine.system}, Node ${machine.node}, workerd ${machine.workerd}; load ${machine.loadBefore} before the run.`;
}

function costs(
  name: string,
  sizes: readonly number[],
  kinds: readonly string[],
  races: readonly Race[],
): string {
  const rows = kinds.map((kind) => [
    kind,
    ...sizes.map((actions) => {
      const race = races.find((candidate) => candidate.kind === kind && candidate.actions === actions);
      return costCell(race?.result[name]);
    }),
  ]);
  const heads = sizes.map((size) => `${size.toLocaleString("en")} ${size === 1 ? "action" : "actions"}`);
  const measured = rows.filter(([, ...cells]) => cells.some((text) => text !== ""));
  return `## ${TITLES[name] ?? name}\n\n${table(["", ...heads], measured)}`;
}

function cookieRows(races: readonly Race[]): string[][] {
  const compared = races.filter(({ cookies }) => cookies !== STANDARD_COOKIES);
  const pairs = new Map(
    compared.map(({ kind, actions }) => [`${kind}, ${actions} actions`, { kind, actions }]),
  );
  return [...pairs].map(([name, { kind, actions }]) => [
    name,
    ...races
      .filter((race) => race.kind === kind && race.actions === actions)
      .toSorted((a, b) => a.cookies - b.cookies)
      .map(({ result }) => costCell(result["ours"])),
  ]);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return (
    line(heads) + line(heads.map((_, index) => (index === 0 ? "---" : "---:"))) + rows.map(line).join("")
  );
}

function costCell(cost: Cost | undefined): string {
  return cost === undefined ? "" : `${cost.median} (${cost.mean} ± ${cost.error})`;
}

function cell(spread: Spread | undefined): string {
  return spread === undefined ? "" : `${spread.median} ± ${spread.deviation}`;
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}

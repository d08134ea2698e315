import { type Price, WORKERS_PAID } from "../../../cloudflare/prices.ts";
import { figure } from "../../../text/figures.ts";
import type { Rehearsal } from "../rehearsal.ts";
import { trafficOf } from "./traffic.ts";
import type { Cost, CostLine } from "./verdict.ts";

/** Isolates that Cloudflare runs of the Worker at once, all over the world. Nobody outside knows: this is many. */
const ISOLATES = 1000;

/** What one publish call reads and writes: the configuration, and the index beside it. */
const KEYS = 2;

const MINUTE = 60_000;

/** What the real sale would cost at Cloudflare. */
export function costOf(rehearsal: Rehearsal): Cost {
  const { scenario, simulatedMs, cpuMs } = rehearsal;
  const factor = scenario.visitors === 0 ? 0 : scenario.realVisitors / scenario.visitors;
  // With the same outflow, more visitors take longer.
  const minutes = Math.max(simulatedMs, saleMs(rehearsal)) / MINUTE;
  const publishes = scenario.events.filter(({ kind }) => kind === "publish" || kind === "protect").length;
  const lines = [
    line("requests to the Worker", trafficOf(rehearsal).invocations * factor, WORKERS_PAID.requests),
    line("CPU milliseconds", cpuMs * factor, WORKERS_PAID.cpuMs),
    line("KV reads", ISOLATES * KEYS * (minutes + 1), WORKERS_PAID.kvReads),
    line("KV writes", KEYS * (publishes + 1), WORKERS_PAID.kvWrites),
  ];
  const { source, asOf, monthlyUsd } = WORKERS_PAID;
  return {
    visitors: scenario.realVisitors,
    lines,
    aboveIncludedUsd: sum(lines.map(({ aboveIncludedUsd }) => aboveIncludedUsd)),
    atMostUsd: sum(lines.map(({ atMostUsd }) => atMostUsd)),
    priceList: { source, asOf, monthlyUsd },
    estimated: [
      `Requests and CPU are those of ${figure(scenario.visitors)} rehearsed visitors, times ${figure(factor)}: real ` +
        "visitors may open more or fewer pages, and there may be more attackers among them.",
      "CPU is that of workerd on this machine, the runtime's own work included, which Cloudflare charges less of.",
      `KV is read once a minute by each isolate; that Cloudflare runs ${figure(ISOLATES)} of them is assumed.`,
    ],
  };
}

/** How long it takes to let in all who would queue at the real sale, in milliseconds. */
export function saleMs({ scenario, timeline }: Pick<Rehearsal, "scenario" | "timeline">): number {
  const { visitors, realVisitors, outflow } = scenario;
  if (visitors === 0 || outflow === 0) return 0;
  const letIn = timeline.reduce((all, moment) => all + moment.letIn, 0);
  const queued = letIn + (timeline.at(-1)?.inLine ?? 0);
  return ((queued * realVisitors) / visitors / outflow) * MINUTE;
}

function line(what: string, amount: number, { included, perMillionUsd }: Price): CostLine {
  const usd = (charged: number) => (Math.max(0, charged) / 1e6) * perMillionUsd;
  const whole = Math.ceil(amount);
  return { what, amount: whole, included, aboveIncludedUsd: usd(whole - included), atMostUsd: usd(whole) };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

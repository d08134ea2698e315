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
      "CPU is all that workerd used on this machine, with its own work and what stands for the site: Cloudflare counts less.",
      `KV is read once a minute by each isolate; that Cloudflare runs ${figure(ISOLATES)} of them is assumed.`,
    ],
  };
}

/** Of those who got in from the line: the last few may come late, and say nothing about how fast it goes. */
const MOST = 0.95;

/**
 * How long it takes to let in all who would queue at the real sale, in milliseconds, as fast as they were let in here
 * while somebody waited. Zero where nobody did.
 */
export function saleMs({
  scenario,
  timeline,
  momentMs,
}: Pick<Rehearsal, "scenario" | "timeline" | "momentMs">): number {
  const busy = timeline.filter(({ inLine }) => inLine > 0).map(({ letIn }) => letIn);
  const queued = sum(timeline.map(({ letIn }) => letIn)) + (timeline.at(-1)?.inLine ?? 0);
  if (scenario.visitors === 0 || sum(busy) === 0) return 0;
  let letIn = 0;
  let moments = 0;
  while (letIn < sum(busy) * MOST) {
    letIn += busy[moments] ?? 0;
    moments += 1;
  }
  return ((queued * scenario.realVisitors) / scenario.visitors / letIn) * moments * momentMs;
}

function line(what: string, amount: number, { included, perMillionUsd }: Price): CostLine {
  const usd = (charged: number) => (Math.max(0, charged) / 1e6) * perMillionUsd;
  const whole = Math.ceil(amount);
  return { what, amount: whole, included, aboveIncludedUsd: usd(whole - included), atMostUsd: usd(whole) };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

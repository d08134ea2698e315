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

/**
 * How long it takes to let in all who would queue at the real sale, in milliseconds. How fast it goes is what was seen
 * while more stood in line than were let in at once, since there may be several waiting rooms; without such a line, it
 * is the outflow of one. Zero where nobody is ever let in.
 */
export function saleMs({
  scenario,
  timeline,
  momentMs,
}: Pick<Rehearsal, "scenario" | "timeline" | "momentMs">): number {
  const { visitors, realVisitors, outflow } = scenario;
  const full = timeline.filter(({ inLine, letIn }) => inLine > letIn);
  const seen = full.length === 0 ? 0 : sum(full.map(({ letIn }) => letIn)) / full.length / momentMs;
  const perMs = Math.max(seen, outflow / MINUTE);
  const queued = sum(timeline.map(({ letIn }) => letIn)) + (timeline.at(-1)?.inLine ?? 0);
  return visitors === 0 || perMs === 0 ? 0 : (queued * realVisitors) / visitors / perMs;
}

function line(what: string, amount: number, { included, perMillionUsd }: Price): CostLine {
  const usd = (charged: number) => (Math.max(0, charged) / 1e6) * perMillionUsd;
  const whole = Math.ceil(amount);
  return { what, amount: whole, included, aboveIncludedUsd: usd(whole - included), atMostUsd: usd(whole) };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

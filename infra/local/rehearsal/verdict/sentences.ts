import { counted } from "../../../text/counted.ts";
import { duration } from "../../../text/duration.ts";
import { figure, percent } from "../../../text/figures.ts";
import type { Cost, LineSummary, PromiseState, Traffic, Verdict } from "./verdict.ts";

/** What was rehearsed, in a line. */
export function rehearsedSentence({ scenario, simulatedMs, tookMs, endedBy }: Verdict): string {
  const { visitors, arriveMs, outflow, seed } = scenario;
  const took =
    scenario.clock === "simulated" ? `${duration(simulatedMs)} in ${duration(tookMs)}` : duration(tookMs);
  return (
    `${counted(visitors, "visitor")} within ${duration(arriveMs)}, ${figure(outflow)} let in a minute; ` +
    `${took}; seed ${seed}.${ENDS[endedBy]}`
  );
}

const ENDS: Readonly<Record<Verdict["endedBy"], string>> = {
  done: "",
  duration: " It went on to the end of its time, with visitors left.",
  "real-time": " Its real time was over before it was done: this is what was seen so far.",
  interrupted: " It was interrupted: this is what was seen so far.",
};

/** How long the line was. */
export function lineSentence({ longest, longestAtMs, left, emptyAtMs }: LineSummary): string {
  if (longest === 0) return "Nobody stood in line.";
  const end =
    emptyAtMs === undefined
      ? `${counted(left, "visitor")} still waited at the end.`
      : `Nobody waited any more after ${duration(emptyAtMs)}.`;
  return `${counted(longest, "visitor")} in line at most, after ${duration(longestAtMs)}. ${end}`;
}

/** What of the requests the Worker saw. */
export function trafficSentence({ requests, bypassed, invocations }: Traffic): string {
  if (requests === 0) return "Nobody asked for anything.";
  return (
    `${counted(requests, "request")}: ${figure(invocations)} to the Worker, which are invocations that are paid for, ` +
    `and ${figure(bypassed)} past it (${percent(bypassed, requests)}).`
  );
}

/** What the real sale would cost. */
export function costSentence({ visitors, aboveIncludedUsd, atMostUsd, priceList }: Cost): string {
  const { monthlyUsd, asOf } = priceList;
  return (
    `A sale for ${counted(visitors, "visitor")} costs ${usd(aboveIncludedUsd)} on top of Workers Paid (${monthlyUsd} ` +
    `USD a month) if nothing else uses what that includes, and ${usd(atMostUsd)} if all of it is used up ` +
    `(Cloudflare's prices of ${asOf}).`
  );
}

/** Money as people read it. What costs something is never nothing. */
export function usd(amount: number): string {
  return amount > 0 && amount < 0.01 ? "under 0.01 USD" : `${amount.toFixed(2)} USD`;
}

/** What a state is called. */
export const STATES: Readonly<Record<PromiseState, string>> = {
  kept: "kept",
  excepted: "kept, with exceptions",
  broken: "broken",
  "not-tried": "not tried",
};

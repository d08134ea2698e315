import { duration } from "../../../text/duration.ts";
import { figure, percent } from "../../../text/figures.ts";
import { usd } from "./sentences.ts";
import type { Verdict } from "./verdict.ts";

/** Figures in rows; the first cell of each says of what. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How long each kind of visitor waited. */
export function waitsTable({ waits }: Verdict): Table {
  return {
    head: ["Visitors", "let in", "median wait", "95 % at most", "longest"],
    rows: waits.map(({ kind, count, medianMs, p95Ms, longestMs }) => [
      kind,
      figure(count),
      duration(medianMs),
      duration(p95Ms),
      duration(longestMs),
    ]),
  };
}

/** What became of the requests. */
export function outcomesTable({ traffic }: Verdict): Table {
  return {
    head: ["What became of them", "requests", "share"],
    rows: traffic.outcomes.map(({ words, requests }) => [
      words,
      figure(requests),
      percent(requests, traffic.requests),
    ]),
  };
}

/** Why the connector failed open. */
export function failedOpenTable({ failedOpen }: Verdict): Table {
  return {
    head: ["Failed open for", "requests", "visitors"],
    rows: failedOpen.map(({ reason, requests, visitors }) => [reason, figure(requests), figure(visitors)]),
  };
}

/** What the real sale would cost. */
export function costTable({ cost }: Verdict): Table {
  return {
    head: ["Of the real sale", "about", "included a month", "above it", "at most"],
    rows: cost.lines.map(({ what, amount, included, aboveIncludedUsd, atMostUsd }) => [
      what,
      figure(amount),
      figure(included),
      usd(aboveIncludedUsd),
      usd(atMostUsd),
    ]),
  };
}

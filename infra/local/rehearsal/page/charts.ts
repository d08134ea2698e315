import { html } from "hono/html";
import type { Band, Series, Tone } from "../../../charts/chart.ts";
import type { Html } from "../../../charts/html.ts";
import { timeChart } from "../../../charts/time-chart.ts";
import type { Moment, Rehearsal } from "../rehearsal.ts";
import { lineSummary } from "../verdict/line-summary.ts";
import { lineSentence } from "../verdict/sentences.ts";
import { OUTCOME_NAMES, OUTCOMES } from "../verdict/traffic.ts";
import type { OutcomeName } from "../verdict/verdict.ts";

const TONES: Readonly<Record<OutcomeName, Tone>> = {
  bypassed: "grey",
  unprotected: "grey",
  withSession: "green",
  tokenTaken: "green",
  toWaitingRoom: "blue",
  refused: "violet",
  failedOpen: "amber",
  errors: "red",
  siteErrors: "red",
};

/** What happened meanwhile, as bands: what lasts is a fault, what does not is a change. */
export function bandsOf({ events }: Pick<Rehearsal, "events">): readonly Band[] {
  return events.map(({ what, outcome, fromMs, toMs }) => ({
    what: outcome === undefined ? what : `${what}: ${outcome}`,
    tone: toMs === undefined ? "blue" : "amber",
    fromMs,
    toMs,
  }));
}

/** The line, who came and went, and what became of the requests. */
export function chartsOf(rehearsal: Rehearsal): Html {
  const { timeline, momentMs } = rehearsal;
  const shared = {
    timesMs: [0, ...timeline.map(({ fromMs }) => fromMs + momentMs)],
    bands: bandsOf(rehearsal),
  };
  const stock = (of: (moment: Moment) => number) => [0, ...timeline.map(of)];
  const flow = (of: (moment: Moment) => number) => {
    const rates = timeline.map((moment) => (of(moment) * 60_000) / momentMs);
    return [rates[0] ?? 0, ...rates];
  };
  return html`${timeChart({
    ...shared,
    id: "line",
    title: "Visitors in line, and in the shop",
    description: lineSentence(lineSummary(rehearsal)),
    kind: "lines",
    series: [
      { name: "in line", tone: "blue", values: stock(({ inLine }) => inLine) },
      { name: "with a session", tone: "green", values: stock(({ browsing }) => browsing) },
    ],
  })}
  ${timeChart({
    ...shared,
    id: "flow",
    title: "Visitors who came, were let in and left, per minute",
    description: `${sum(timeline.map(({ arrived }) => arrived))} came, ${sum(timeline.map(({ letIn }) => letIn))} were let in, ${sum(timeline.map(({ left }) => left))} left the line.`,
    kind: "lines",
    series: [
      { name: "came", tone: "violet", values: flow(({ arrived }) => arrived) },
      { name: "let in", tone: "green", values: flow(({ letIn }) => letIn) },
      { name: "left the line", tone: "amber", values: flow(({ left }) => left) },
    ],
  })}
  ${timeChart({
    ...shared,
    id: "decisions",
    title: "What became of the requests, per minute",
    description: "The same figures for the whole are below, under Requests.",
    kind: "stacked",
    series: outcomeSeries(timeline, flow),
  })}`;
}

/** Outcomes that have a colour in common are drawn as one; those that never came are not drawn. */
function outcomeSeries(
  timeline: readonly Moment[],
  flow: (of: (moment: Moment) => number) => readonly number[],
): readonly Series[] {
  const came = OUTCOME_NAMES.filter((name) => timeline.some(({ requests }) => requests[name] > 0));
  const tones = [...new Set(came.map((name) => TONES[name]))];
  return tones.map((tone) => {
    const names = came.filter((name) => TONES[name] === tone);
    return {
      tone,
      name: names.map((name) => OUTCOMES[name]).join(", "),
      values: flow(({ requests }) => sum(names.map((name) => requests[name]))),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

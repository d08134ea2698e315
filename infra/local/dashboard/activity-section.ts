import { html } from "hono/html";
import { bandList } from "../../charts/bands.ts";
import type { Band, Series, TimeChart, Tone } from "../../charts/chart.ts";
import { timeChart } from "../../charts/time-chart.ts";
import type { Stretch } from "../activity/activity.ts";
import { OUTCOMES, type Outcome } from "../activity/outcome.ts";
import type { FaultSpell } from "../faults/faults.ts";
import type { Html } from "../../charts/html.ts";
import { faultWords } from "./faults-section.ts";
import type { DashboardCustomer, DashboardOptions } from "./options.ts";
import { addressOf } from "./tabs.ts";

/** Minutes that can be looked at. */
const SPANS = [5, 30] as const;

export type Span = (typeof SPANS)[number];

/** So many points a chart has, whatever it spans. */
const POINTS = 60;

const TONES: Readonly<Record<Outcome, Tone>> = {
  "let-in": "green",
  site: "blue",
  "to-queue-it": "violet",
  left: "grey",
  refused: "amber",
  bypassed: "grey",
  failed: "red",
};

/** The words of an address; five minutes where they name no span. */
export function readSpan(text: string | undefined): Span {
  return SPANS.find((span) => String(span) === text) ?? SPANS[0];
}

/** What happens, as charts: who comes, who waits, who is let in, and how requests end. */
export function activitySection(
  { activity, faults, customers }: Pick<DashboardOptions, "activity" | "faults" | "customers">,
  { customerId }: DashboardCustomer,
  span: Span,
): Html {
  const stretches = activity.stretches(span * 60, POINTS);
  return html`<section class="card wide" id="activity">
    <h2>What happens</h2>
    <nav class="row" aria-label="How far back">
      ${SPANS.map(
        (minutes) =>
          html`<a
            href="${addressOf("overview", customerId, { minutes: String(minutes) })}#activity"
            ${minutes === span ? html`aria-current="true"` : ""}
            >last ${minutes} minutes</a
          >`,
      )}
    </nav>
    <p class="soft">
      The right end is now${customers.length > 1 ? ", and all customers are counted together" : ""}.
    </p>
    <div data-live="activity" class="charts">
      ${chartsOf(stretches, faults.spells).map((chart) => timeChart(chart))}
      ${bandList(bandsOf(stretches, faults.spells))}
    </div>
  </section>`;
}

function chartsOf(stretches: readonly Stretch[], spells: readonly FaultSpell[]): readonly TimeChart[] {
  const begin = stretches[0]?.from ?? 0;
  const timesMs = stretches.map(({ from }) => from - begin);
  const bands = bandsOf(stretches, spells);
  const line = (name: string, tone: Tone, of: (stretch: Stretch) => number): Series => ({
    name,
    tone,
    values: stretches.map(of),
  });
  const outcomes = Object.entries(OUTCOMES) as [Outcome, string][];
  return [
    {
      id: "flow",
      title: "Visitors a minute",
      description: "How many visitors came to a waiting room, and how many were let in, a minute.",
      kind: "lines",
      timesMs,
      bands,
      series: [
        line("came to a waiting room", "violet", ({ joinedPerMinute }) => joinedPerMinute),
        line("let in", "green", ({ passedPerMinute }) => passedPerMinute),
      ],
    },
    {
      id: "line",
      title: "Visitors in line",
      description: "How many visitors waited, in all waiting rooms together.",
      kind: "area",
      timesMs,
      bands,
      series: [line("in line", "violet", ({ waiting }) => waiting)],
    },
    {
      id: "decisions",
      title: "Requests a minute, by how they ended",
      description: "How many requests to the sites ended in each way, a minute.",
      kind: "stacked",
      timesMs,
      bands,
      series: outcomes
        .filter(([name]) => stretches.some(({ perMinute }) => perMinute[name] > 0))
        .map(([name, words]) => line(words, TONES[name], ({ perMinute }) => perMinute[name])),
    },
  ];
}

/** Faults that were on within the time that is shown. */
function bandsOf(stretches: readonly Stretch[], spells: readonly FaultSpell[]): readonly Band[] {
  const [begin, end] = [stretches[0]?.from ?? 0, stretches.at(-1)?.from ?? 0];
  return spells
    .filter(({ from, to }) => from <= end && (to ?? end) >= begin)
    .map(({ part, state, from, to }) => ({
      what: faultWords(part, state),
      tone: "amber",
      fromMs: Math.max(0, from - begin),
      toMs: Math.min(end, to ?? end) - begin,
    }));
}

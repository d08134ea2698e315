import { counted } from "../../../text/counted.ts";
import type { Rehearsal } from "../rehearsal.ts";
import type { ScenarioEvent, VisitorKind } from "../scenario.ts";
import { TRICK_NAMES } from "../visitors/attacker.ts";
import { trafficOf } from "./traffic.ts";

type EventKind = ScenarioEvent["kind"];

/** What of its scenario a rehearsal came to. */
export interface Tried {
  /** The events that somebody could notice. */
  readonly events: readonly ScenarioEvent[];
  readonly happened: (...kinds: readonly EventKind[]) => boolean;
  /** How many visitors of a kind asked for anything. */
  readonly visitorsOf: (kind: VisitorKind) => number;
}

/**
 * What a rehearsal tried. What was planned for after its end did not happen, and what happened when nobody stood in
 * line, browsed or asked for anything shows nothing.
 */
export function triedIn({
  scenario,
  simulatedMs,
  kinds,
  timeline,
  momentMs,
  events: happened,
}: Rehearsal): Tried {
  const isUnfinished = (event: ScenarioEvent) =>
    (event.kind === "publish" || event.kind === "protect") &&
    happened.some((each) => each.isUnfinished === true && Math.abs(each.fromMs - event.atMs) < 1000);
  const isFelt = (event: ScenarioEvent) => {
    const untilMs = event.atMs + ("forMs" in event ? event.forMs : 0);
    const during = timeline.filter(({ fromMs }) => fromMs <= untilMs && fromMs + momentMs > event.atMs);
    return during.some((moment) =>
      "forMs" in event ? trafficOf(moment).requests > 0 : moment.inLine + moment.browsing > 0,
    );
  };
  const events = scenario.events.filter(
    (event) => event.atMs <= simulatedMs && isFelt(event) && !isUnfinished(event),
  );
  return {
    events,
    happened: (...wanted) => events.some(({ kind }) => wanted.includes(kind)),
    visitorsOf: (kind) => kinds.find((one) => one.kind === kind && one.requests > 0)?.visitors ?? 0,
  };
}

/** What is worth trying and was not: green says nothing about it. */
export function notTried(rehearsal: Rehearsal): readonly string[] {
  const { happened, visitorsOf } = triedIn(rehearsal);
  const { scenario, endedBy } = rehearsal;
  const untried = TRICK_NAMES.filter((name) => !rehearsal.tricks.includes(name));
  const unnoticed = scenario.events.length - triedIn(rehearsal).events.length;
  const gaps: readonly (readonly [boolean, string])[] = [
    [
      visitorsOf("attacker") > 0,
      "attackers: forged and stolen tokens, cookies of others, odd methods and paths",
    ],
    [
      visitorsOf("attacker") === 0 || untried.length === 0,
      `of what attackers try: ${untried.join(", ")} (more attackers, a longer duration or an event get there)`,
    ],
    [visitorsOf("person") + visitorsOf("slow-phone") > 0, "people with a browser"],
    [visitorsOf("native-app") > 0, "a native app"],
    [visitorsOf("search-bot") > 0, "search bots"],
    [happened("deploy"), "a deploy during the sale"],
    [happened("publish", "protect"), "a publish call during the sale"],
    [happened("rotate-secret"), "a rotation of the secret key"],
    [happened("restart-isolates"), "new isolates"],
    [happened("kv"), "KV that is slow, fails or is stale"],
    [happened("origin"), "a site that is slow or down"],
    [happened("queue-it"), "Queue-it out of reach"],
    [happened("switch"), "the switch, off and on"],
    [
      unnoticed === 0,
      `${unnoticed} of the scenario’s ${counted(scenario.events.length, "event")}: nobody was there any more to notice, or a version of the configuration was not everywhere at the end`,
    ],
    [endedBy === "done" || endedBy === "duration", "what would have come after it was ended early"],
  ];
  return gaps.filter(([isTried]) => !isTried).map(([, words]) => words);
}

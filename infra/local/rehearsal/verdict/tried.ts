import type { Rehearsal } from "../rehearsal.ts";
import type { ScenarioEvent, VisitorKind } from "../scenario.ts";

type EventKind = ScenarioEvent["kind"];

/** What of its scenario a rehearsal came to. */
export interface Tried {
  /** The events whose moment came. */
  readonly events: readonly ScenarioEvent[];
  readonly happened: (...kinds: readonly EventKind[]) => boolean;
  /** How many visitors of a kind asked for anything. */
  readonly visitorsOf: (kind: VisitorKind) => number;
}

/** What a rehearsal tried: what was planned for after its end did not happen. */
export function triedIn({ scenario, simulatedMs, kinds }: Rehearsal): Tried {
  const events = scenario.events.filter(({ atMs }) => atMs <= simulatedMs);
  return {
    events,
    happened: (...wanted) => events.some(({ kind }) => wanted.includes(kind)),
    visitorsOf: (kind) => kinds.find((one) => one.kind === kind && one.requests > 0)?.visitors ?? 0,
  };
}

/** What is worth trying and was not: green says nothing about it. */
export function notTried(rehearsal: Rehearsal): readonly string[] {
  const { happened, visitorsOf } = triedIn(rehearsal);
  const late = rehearsal.scenario.events.filter(({ atMs }) => atMs > rehearsal.simulatedMs).length;
  const gaps: readonly (readonly [boolean, string])[] = [
    [
      visitorsOf("attacker") > 0,
      "attackers: forged and stolen tokens, cookies of others, odd methods and paths",
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
    [late === 0, `${late} of the scenario’s events, since it was over before`],
  ];
  return gaps.filter(([isTried]) => !isTried).map(([, words]) => words);
}

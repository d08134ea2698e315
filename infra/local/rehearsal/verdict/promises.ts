import { hideTokens } from "../../../queue-it/hide-tokens.ts";
import { counted } from "../../../text/counted.ts";
import { figure } from "../../../text/figures.ts";
import type { Breach, PromiseName, Rehearsal } from "../rehearsal.ts";
import { TRICK_NAMES } from "../visitors/attacker.ts";
import { lineSummary } from "./line-summary.ts";
import { trafficOf } from "./traffic.ts";
import { triedIn } from "./tried.ts";
import type { PromiseState, PromiseVerdict } from "./verdict.ts";

interface Judgement {
  readonly title: string;
  /** How it went where nothing broke it. */
  readonly judge: (rehearsal: Rehearsal) => {
    readonly state: Exclude<PromiseState, "broken">;
    readonly sentence: string;
  };
  /** How it went where visitors met the opposite. */
  readonly broken: (times: string, rehearsal: Rehearsal) => string;
}

const JUDGEMENTS: Readonly<Record<PromiseName, Judgement>> = {
  turn: {
    title: "Nobody passes without a turn",
    judge: judgeTurn,
    broken: (times) => `${times}, somebody saw a protected page without having had a turn.`,
  },
  order: {
    title: "Whoever comes first goes first",
    judge: judgeOrder,
    broken: (times, { scenario }) =>
      `${times}, somebody was let in more than ${counted(scenario.orderTolerance, "place")} too early or too late.`,
  },
  place: {
    title: "Nobody loses their place or session",
    judge: judgePlace,
    broken: (times) => `${times}, somebody who had a place or a session lost it.`,
  },
  answered: {
    title: "The site always answers",
    judge: judgeAnswered,
    broken: (times) =>
      `${times}, somebody got neither the page nor its waiting room: an error of the connector, another answer, or none.`,
  },
};

/** How each promise was kept, in the order in which they matter. */
export function promisesOf(rehearsal: Rehearsal): readonly PromiseVerdict[] {
  return (Object.keys(JUDGEMENTS) as readonly PromiseName[]).map((promise) => {
    const { title, judge, broken } = JUDGEMENTS[promise];
    const stories = rehearsal.breaches.filter((breach) => breach.promise === promise).map(withoutTokens);
    const breaches = Math.max(rehearsal.breachCounts[promise], stories.length);
    const judged =
      breaches > 0
        ? ({ state: "broken", sentence: broken(times(breaches), rehearsal) } as const)
        : judge(rehearsal);
    return { promise, title, ...judged, breaches, stories };
  });
}

function judgeTurn(rehearsal: Rehearsal): ReturnType<Judgement["judge"]> {
  const { requests, failedOpen } = rehearsal;
  const attackers = triedIn(rehearsal).visitorsOf("attacker");
  if (requests.toWaitingRoom === 0) {
    return { state: "not-tried", sentence: "Nobody was sent to the waiting room: nothing was protected." };
  }
  if (requests.failedOpen > 0) {
    const visitors = failedOpen.reduce((sum, reason) => sum + reason.visitors, 0);
    return {
      state: "excepted",
      sentence:
        `Nobody got past the waiting room by what they sent, but the connector failed open: ` +
        `${counted(requests.failedOpen, "request")} of ${counted(visitors, "visitor")} passed without a turn.`,
    };
  }
  if (attackers === 0) {
    return {
      state: "not-tried",
      sentence: "Nobody saw a protected page without a turn, but nobody tried to: there were no attackers.",
    };
  }
  return {
    state: "kept",
    sentence: `Nobody saw a protected page without a turn. ${counted(attackers, "attacker")} tried to, by ${rehearsal.tricks.length} of ${counted(TRICK_NAMES.length, "trick")}.`,
  };
}

function judgeOrder(rehearsal: Rehearsal): ReturnType<Judgement["judge"]> {
  const letIn = rehearsal.timeline.reduce((sum, moment) => sum + moment.letIn, 0);
  const { longest } = lineSummary(rehearsal);
  if (longest < 2 || letIn < 2) {
    return { state: "not-tried", sentence: "No two visitors stood in line, so there was no order to keep." };
  }
  const { orderTolerance } = rehearsal.scenario;
  const within = orderTolerance === 0 ? "to the place" : `within ${counted(orderTolerance, "place")}`;
  return {
    state: "kept",
    sentence: `${figure(letIn)} visitors were let in in the order of their numbers, ${within}.`,
  };
}

/** What can cost somebody their place. */
const UPSETTING = {
  deploy: "a deploy",
  publish: "a publish call",
  protect: "a changed configuration",
  "rotate-secret": "a rotation of the secret key",
  "restart-isolates": "new isolates",
  switch: "the switch",
} as const;

function judgePlace(rehearsal: Rehearsal): ReturnType<Judgement["judge"]> {
  const { events } = triedIn(rehearsal);
  const upset = new Set(
    events.flatMap(({ kind }) => (kind in UPSETTING ? [kind as keyof typeof UPSETTING] : [])),
  );
  if (upset.size === 0) {
    return {
      state: "not-tried",
      sentence:
        "Nobody lost a place or a session, but while anybody had one, nothing happened that could cost it: no deploy, no " +
        "publish call.",
    };
  }
  const through = [...upset].map((kind) => UPSETTING[kind]).join(", ");
  return {
    state: "kept",
    sentence: `Nobody lost a place or a session. What happened meanwhile: ${through}.`,
  };
}

function judgeAnswered(rehearsal: Rehearsal): ReturnType<Judgement["judge"]> {
  const { requests } = trafficOf(rehearsal);
  if (requests === 0) return { state: "not-tried", sentence: "Nobody asked for anything." };
  const { errors, siteErrors } = rehearsal.requests;
  const site = siteErrors === 0 ? "" : ` ${counted(siteErrors, "error")} came from the site itself.`;
  if (errors > 0) {
    return {
      state: "excepted",
      sentence: `${counted(errors, "request")} got an error of the connector, as failing closed has it.${site}`,
    };
  }
  return {
    state: "kept",
    sentence: `All ${figure(requests)} requests got an answer, and no error was the connector’s.${site}`,
  };
}

function times(breaches: number): string {
  return breaches === 1 ? "Once" : `${figure(breaches)} times`;
}

/** The engine leaves values of tokens and cookies out; what it may have missed does not get into a report either. */
function withoutTokens(breach: Breach): Breach {
  return {
    ...breach,
    what: hidden(breach.what),
    story: breach.story.map(({ atMs, asked, got }) => ({ atMs, asked: hidden(asked), got: hidden(got) })),
  };
}

function hidden(text: string): string {
  return text
    .split(" ")
    .map((word) => hideTokens(word).replace(/(QueueITAccepted[^=\s]*=).+/i, "$1hidden"))
    .join(" ");
}

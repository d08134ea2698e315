import { duration } from "../../../../text/duration.ts";
import { figure } from "../../../../text/figures.ts";
import type { Breach, Rehearsal } from "../../rehearsal.ts";
import type { ScenarioEvent } from "../../scenario.ts";
import type { Fix } from "../verdict.ts";
import type { FixRule } from "./fix-rule.ts";
import { ownPath } from "../../../../text/own-path.ts";

/** A place that is lost within this time after something happened is taken to be lost by it. */
const AFTERMATH_MS = 300_000;

type Cause = "rotate-secret" | "deploy" | "publish" | "restart-isolates" | "switch" | "none";

const CAUSES: Readonly<Record<Cause, { readonly by: string; readonly remedy: string }>> = {
  "rotate-secret": {
    by: "after a rotation of the secret key",
    remedy:
      "Tokens and sessions are signed with the key: those of the old one count no more. Rotate it before the sale or " +
      "after it, never during it.",
  },
  deploy: {
    by: "after a deploy",
    remedy:
      `A session has to outlive the bundle that issued it: compare ${ownPath("worker/validation/")} of both, and deploy ` +
      "before the sale.",
  },
  publish: {
    by: "after a change of the integration configuration",
    remedy:
      "A session belongs to its waiting room: another EventId or CookieDomain sends everybody back into the line. " +
      'Look at what differs with "queueit-cf config diff".',
  },
  "restart-isolates": {
    by: "in new isolates",
    remedy: `Nothing of a session may be in an isolate's memory: look at ${ownPath("worker/isolate/")} for what is kept there.`,
  },
  switch: {
    by: "after the switch was turned",
    remedy: "Leave the switch alone during the sale, or expect everybody in line to stand there again.",
  },
  none: {
    by: "with nothing else happening",
    remedy:
      "Most likely the session is shorter than the visit: set CookieValidityMinute of the action to what people take " +
      "from the first page to the end of the checkout, and extend it with each page (ExtendCookieValidity).",
  },
};

/** Places and sessions that were lost, by what happened before. */
export const lostPlaces: FixRule = (rehearsal) => {
  if (rehearsal.breachCounts.place === 0) return [];
  const lost = rehearsal.breaches.filter(({ promise }) => promise === "place");
  const causes = [...new Set(lost.map((breach) => causeOf(breach, rehearsal)))];
  return (causes.length === 0 ? (["none"] as const) : causes).map((cause) => fixFor(cause, lost, rehearsal));
};

function fixFor(cause: Cause, lost: readonly Breach[], rehearsal: Rehearsal): Fix {
  const own = lost.filter((breach) => causeOf(breach, rehearsal) === cause).length;
  const all = rehearsal.breachCounts.place;
  const { by, remedy } = CAUSES[cause];
  // The others were only counted.
  const number = own === lost.length ? figure(all) : `at least ${figure(own)}`;
  return {
    rule: "lost-places",
    level: "high",
    title: `Places or sessions lost ${by}: ${number}`,
    explanation: `Whoever stood in line, or was in the checkout, starts again at its end. Looked at: ${duration(AFTERMATH_MS)} after each event.`,
    remedy,
  };
}

function causeOf({ atMs }: Breach, { scenario }: Rehearsal): Cause {
  const before = scenario.events.filter((event) => event.atMs <= atMs && atMs - event.atMs <= AFTERMATH_MS);
  for (const event of before.toSorted((a, b) => b.atMs - a.atMs)) {
    const cause = causeIn(event);
    if (cause !== undefined) return cause;
  }
  return "none";
}

function causeIn({ kind }: ScenarioEvent): Cause | undefined {
  if (kind === "protect") return "publish";
  return kind in CAUSES ? (kind as Cause) : undefined;
}

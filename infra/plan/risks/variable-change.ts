import { VARIABLES } from "../../../worker/deployment/variables.ts";
import { sentence } from "../sentence.ts";
import type { RiskLevel, RiskRule } from "./risk.ts";

interface Watched {
  readonly rule: string;
  readonly level: RiskLevel;
  readonly what: string;
  readonly explanation: string;
  readonly remedy: string;
}

const OWNER: Watched = {
  rule: "owner-changed",
  level: "medium",
  what: "Owner of the integration configuration",
  explanation:
    "From now on, the other side decides who queues where. A file overwrites what Queue-it published, and " +
    "refuses its publish calls.",
  remedy: "Compare the file or seed with what Queue-it has published, and tell the people who publish.",
};

const FAILURE: Watched = {
  rule: "failure-mode-changed",
  level: "medium",
  what: "Failure mode",
  explanation:
    "It decides what visitors get while the connector itself fails: open lets the site answer without " +
    "queueing, closed answers 503.",
  remedy: "Make sure that the people who run the site know.",
};

const MATCHING: Watched = {
  rule: "matching-changed",
  level: "medium",
  what: "Matching",
  explanation:
    "It decides which spellings of a URL the triggers are tested against. With as-configured, /%74ickets " +
    "may be a way past the queue of /tickets; with normalized, more requests queue.",
  remedy: "Set queueIt.matching on purpose, and try the protected pages and the pages that must never queue.",
};

const PREFLIGHTS: Watched = {
  rule: "preflights-changed",
  level: "medium",
  what: "Preflights",
  explanation:
    "It decides whether the question that browsers ask before a script's call to another origin reaches the site. " +
    "With queue, such calls to pages that queue fail, also those of visitors who have waited; with pass, anybody " +
    "can ask the site as often as they like, without getting a page.",
  remedy: "Set queueIt.preflights on purpose, and try the shop's calls to other origins.",
};

const PREFETCHES: Watched = {
  rule: "prefetches-changed",
  level: "low",
  what: "Prefetches",
  explanation:
    "It decides what a browser gets that fetches a page ahead which queues: with refuse 503, which it drops; with " +
    "queue the way to the waiting room, where it may take a place in the line for nobody.",
  remedy: "Set queueIt.prefetches on purpose.",
};

const ALLOWED_ORIGINS: Watched = {
  rule: "allowed-origins-changed",
  level: "medium",
  what: "Origins that may read where to wait",
  explanation:
    "Scripts of an origin that is no longer listed are not told where to wait: their calls fail instead. Those of a " +
    "new one may read it, and may send the connector's headers.",
  remedy: "Compare the list with the origins of the shop's own pages and apps.",
};

const CUSTOMER: Watched = {
  rule: "customer-changed",
  level: "high",
  what: "Queue-it customer",
  explanation:
    "Visitors are sent to the waiting rooms of another Queue-it account, whose secrets must then be used.",
  remedy: "Check queueIt.customerId of the environment, and rotate the secrets along with it.",
};

/** The owner of the integration configuration changes. */
export const ownerChanged = watching(VARIABLES.configurationOwner, OWNER);

/** What visitors get when the connector fails changes. */
export const failureModeChanged = watching(VARIABLES.failureMode, FAILURE);

/** The spellings of a URL that queue change. */
export const matchingChanged = watching(VARIABLES.matching, MATCHING);

/** What becomes of browsers' questions before a call changes. */
export const preflightsChanged = watching(VARIABLES.preflights, PREFLIGHTS);

/** What becomes of pages that are fetched ahead changes. */
export const prefetchesChanged = watching(VARIABLES.prefetches, PREFETCHES);

/** Whose scripts may read the connector's answers changes. */
export const allowedOriginsChanged = watching(VARIABLES.allowedOrigins, ALLOWED_ORIGINS);

/** The Queue-it account changes. */
export const customerChanged = watching(VARIABLES.customerId, CUSTOMER);

function watching(variable: string, { rule, level, what, explanation, remedy }: Watched): RiskRule {
  return ({ changes }) =>
    changes.flatMap((change) => {
      if (change.kind !== "variable" || change.name !== variable || change.effect === "create") return [];
      const title = [`${what}: `, ...sentence`${change.before} → ${change.after}`];
      return [{ rule, level, title, explanation, remedy }];
    });
}

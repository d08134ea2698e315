import type { Breach, PromiseName, Rehearsal, Waits } from "../rehearsal.ts";
import type { Scenario } from "../scenario.ts";

/** What a rehearsal has shown, in words and figures: every form of a report is made of it. */
export interface Verdict {
  readonly environment: string;
  readonly worker: string;
  readonly bundleHash: string;
  readonly scenario: Scenario;
  /** ISO 8601, real time. */
  readonly startedAt: string;
  readonly tookMs: number;
  readonly simulatedMs: number;
  /** What ended it: of what was ended early, the verdict is about what was seen so far. */
  readonly endedBy: Rehearsal["endedBy"];
  /** The whole in one sentence. */
  readonly headline: string;
  /** In the order in which they matter. */
  readonly promises: readonly PromiseVerdict[];
  /** What to fix, the gravest first. */
  readonly fixes: readonly Fix[];
  /** Of each kind of visitor that got into a line. */
  readonly waits: readonly KindWaits[];
  readonly line: LineSummary;
  readonly failedOpen: readonly FailedOpen[];
  readonly traffic: Traffic;
  readonly cost: Cost;
  /** What this rehearsal says nothing about. */
  readonly notTried: readonly string[];
}

/**
 * `kept` was looked at, and is so. `excepted`: kept but for what the environment has for a connector that
 * fails: visitors who were let through by failing open, or got an error by failing closed. `not-tried`: nothing happened that could have broken it.
 */
export type PromiseState = "kept" | "excepted" | "broken" | "not-tried";

export interface PromiseVerdict {
  readonly promise: PromiseName;
  readonly state: PromiseState;
  /** What is promised. */
  readonly title: string;
  /** How it went. */
  readonly sentence: string;
  readonly breaches: number;
  /** Whole stories of some of them. */
  readonly stories: readonly Breach[];
}

/** From the least to the most. */
export const LEVELS = ["low", "medium", "high"] as const;

/** Something to do before the sale. */
export interface Fix {
  /** Name of the rule, for documentation and JSON. */
  readonly rule: string;
  readonly level: (typeof LEVELS)[number];
  readonly title: string;
  /** What it would mean at the sale. */
  readonly explanation: string;
  readonly remedy: string;
}

export interface KindWaits extends Waits {
  readonly kind: string;
}

export interface LineSummary {
  /** Visitors in all lines at once, at most. */
  readonly longest: number;
  readonly longestAtMs: number;
  /** Visitors who still waited when it was over. */
  readonly left: number;
  /** When nobody waited any more; undefined where somebody did to the end, or nobody ever did. */
  readonly emptyAtMs: number | undefined;
}

export interface FailedOpen {
  readonly reason: string;
  readonly requests: number;
  readonly visitors: number;
}

/** Where the requests went. */
export interface Traffic {
  readonly requests: number;
  /** Routed past the Worker: they cost nothing. */
  readonly bypassed: number;
  /** What Cloudflare charges for. */
  readonly invocations: number;
  /** By what became of them, without those that are none. */
  readonly outcomes: readonly {
    readonly name: OutcomeName;
    readonly words: string;
    readonly requests: number;
  }[];
}

export type OutcomeName =
  | "bypassed"
  | "unprotected"
  | "withSession"
  | "toWaitingRoom"
  | "tokenTaken"
  | "refused"
  | "failedOpen"
  | "errors"
  | "siteErrors";

/** What the real sale would cost at Cloudflare, from this rehearsal and the price list. */
export interface Cost {
  /** Visitors at the real sale. */
  readonly visitors: number;
  readonly lines: readonly CostLine[];
  /** US dollars on top of the plan's price, where nothing else in the month uses what the plan includes. */
  readonly aboveIncludedUsd: number;
  /** US dollars where all of what the plan includes is used by something else. */
  readonly atMostUsd: number;
  readonly priceList: { readonly source: string; readonly asOf: string; readonly monthlyUsd: number };
  /** What is no measurement, and why. */
  readonly estimated: readonly string[];
}

export interface CostLine {
  readonly what: string;
  readonly amount: number;
  readonly included: number;
  readonly aboveIncludedUsd: number;
  readonly atMostUsd: number;
}

/** Whether a promise was broken: the command ends with the exit code of something that was found. */
export function isBroken({ promises }: Verdict): boolean {
  return promises.some(({ state }) => state === "broken");
}

import type { Scenario } from "./scenario.ts";

/**
 * All that is known of one rehearsal when it is over: the verdict, the page and the JSON are made of it, and of
 * nothing else. Times are milliseconds of simulated time since the rehearsal began, unless a name says otherwise.
 */
export interface Rehearsal {
  readonly environment: string;
  readonly worker: string;
  /** SHA-256 of the bundle it began with. */
  readonly bundleHash: string;
  readonly scenario: Scenario;
  /** When it began, ISO 8601, real time. */
  readonly startedAt: string;
  /** How long it took, real time. */
  readonly tookMs: number;
  readonly simulatedMs: number;
  /** Length of one moment of `timeline`. */
  readonly momentMs: number;
  readonly timeline: readonly Moment[];
  /** What was done to it meanwhile, in order. */
  readonly events: readonly HappenedEvent[];
  readonly requests: RequestCounts;
  /** By kind of visitor, in the order of the scenario. */
  readonly kinds: readonly KindOutcome[];
  /** Each breach of a promise, in order; the stories of the first hundred of each promise are whole, of the others only counted. */
  readonly breaches: readonly Breach[];
  readonly breachCounts: Readonly<Record<PromiseName, number>>;
  /** Why visitors were let through unqueued by failing open, by the reason in the Worker's log. */
  readonly failedOpen: readonly {
    readonly reason: string;
    readonly requests: number;
    readonly visitors: number;
  }[];
  /** Visitors who got in with somebody else's token or session, which work in other hands unless bound to an address. */
  readonly borrowed: number;
  /** What attackers asked by, in words (`TRICK_NAMES`). */
  readonly tricks: readonly string[];
  /** Hosts that the Worker asked and that are neither the sites nor Queue-it. A rehearsal asks nobody: they got no answer. */
  readonly askedElsewhere: readonly { readonly host: string; readonly requests: number }[];
  /**
   * Why it ended: everybody was done, its simulated time was over, its real time was over, or somebody interrupted
   * it. Of the last two the verdict is about what was seen so far.
   */
  readonly endedBy: "done" | "duration" | "real-time" | "interrupted";
  /** CPU milliseconds of workerd in all of it, and what share of that was the Worker's own, as far as is known. */
  readonly cpuMs: number;
  /** Largest resident size of this process and workerd together, bytes. */
  readonly peakMemory: number;
}

/** What visitors are promised. */
export type PromiseName =
  /** Nobody sees a protected page without a turn: not by forging, nor by a fault of ours. */
  | "turn"
  /** Whoever came first goes first, within the tolerance of the scenario. */
  | "order"
  /** Nobody loses their place or session by a deploy, a publish call, a rotation or a restart. */
  | "place"
  /** The site always answers: no error is ours. */
  | "answered";

export interface Moment {
  readonly fromMs: number;
  /** Visitors who came to the site for the first time. */
  readonly arrived: number;
  /** Visitors in the lines at its end. */
  readonly inLine: number;
  /** Visitors whose turn it became. */
  readonly letIn: number;
  /** Who left a line before their turn. */
  readonly left: number;
  /** Visitors with a session at its end. */
  readonly browsing: number;
  readonly requests: RequestCounts;
}

/** Requests by what became of them. */
export interface RequestCounts {
  /** Routed past the Worker: bypasses, hosts without route. */
  readonly bypassed: number;
  /** Answered by the site, after the Worker let them pass: no action matched. */
  readonly unprotected: number;
  /** Passed with a session. */
  readonly withSession: number;
  /** Sent to the waiting room. */
  readonly toWaitingRoom: number;
  /** Came with a valid token, and got a session. */
  readonly tokenTaken: number;
  /** A token or cookie that is not valid, or any other refusal that keeps the visitor out. */
  readonly refused: number;
  /** Passed because something of ours failed. */
  readonly failedOpen: number;
  /** 5xx of the connector (failing closed), or no answer. */
  readonly errors: number;
  /** 5xx of the site itself. */
  readonly siteErrors: number;
}

export interface HappenedEvent {
  /** In words, for example `KV answers after 3 s`. */
  readonly what: string;
  readonly fromMs: number;
  /** `undefined` for what happens at once, such as a deploy. */
  readonly toMs: number | undefined;
  /** What came of it, in words, when it can be told: `version 8 is live after 4 s`. */
  readonly outcome: string | undefined;
  /** Whether a new version of the configuration is not everywhere, so that it shows nothing. */
  readonly isUnfinished?: boolean;
}

export interface KindOutcome {
  readonly kind: string;
  readonly visitors: number;
  readonly requests: number;
  /** Got to a protected page with a turn. */
  readonly served: number;
  /** Never got there, and were to. */
  readonly kept: number;
  /** Left by their own will. */
  readonly left: number;
  /** Waiting times of those who were let in. `undefined` when nobody was. */
  readonly waits: Waits | undefined;
}

export interface Waits {
  readonly count: number;
  readonly medianMs: number;
  /** 95 % waited no longer. */
  readonly p95Ms: number;
  readonly longestMs: number;
}

export interface Breach {
  readonly promise: PromiseName;
  readonly visitor: { readonly number: number; readonly kind: string };
  readonly atMs: number;
  /** In one sentence. */
  readonly what: string;
  /** Everything this visitor did and got, in order, without values of tokens and cookies. */
  readonly story: readonly { readonly atMs: number; readonly asked: string; readonly got: string }[];
}

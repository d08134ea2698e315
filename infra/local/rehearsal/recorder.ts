import type {
  Breach,
  HappenedEvent,
  KindOutcome,
  Moment,
  PromiseName,
  Rehearsal,
  RequestCounts,
  Waits,
} from "./rehearsal.ts";
import type { Scenario, VisitorKind } from "./scenario.ts";
import type { Visitor } from "./visitors/visitor.ts";

type Counts = { -readonly [Name in keyof RequestCounts]: number };

/** Stories of each promise that are kept whole: a thousand lost places must not hide one who passed. */
const MOST_STORIES = 100;

/** About how many moments a rehearsal has: more than a chart can show apart help nobody. */
const MOMENTS = 180;

interface KindCounts {
  visitors: number;
  requests: number;
  served: number;
  kept: number;
  left: number;
  readonly waits: number[];
}

/** Keeps what happens, as little as the verdict needs of it. Times are simulated, since the rehearsal began. */
export class Recorder {
  readonly momentMs: number;
  readonly #moments: Moment[] = [];
  readonly #requests = noCounts();
  readonly #kinds: ReadonlyMap<VisitorKind, KindCounts>;
  readonly #breaches: Breach[] = [];
  readonly #breachCounts = { turn: 0, order: 0, place: 0, answered: 0 };
  readonly #failedOpen = new Map<string, { requests: number; visitors: Set<number> }>();
  readonly #borrowers = new Set<number>();
  readonly #tricks = new Set<string>();
  readonly #elsewhere = new Map<string, number>();
  #now = { arrived: 0, letIn: 0, left: 0, requests: noCounts() };
  #arrived = 0;

  constructor({ durationMs, kinds }: Scenario) {
    this.momentMs = Math.max(1000, Math.ceil(durationMs / MOMENTS / 1000) * 1000);
    const names = Object.keys(kinds) as VisitorKind[];
    this.#kinds = new Map(
      names.map((kind) => [kind, { visitors: 0, requests: 0, served: 0, kept: 0, left: 0, waits: [] }]),
    );
  }

  get arrivedCount(): number {
    return this.#arrived;
  }

  get requestCount(): number {
    return Object.values(this.#requests).reduce((sum, count) => sum + count, 0);
  }

  get breachTotal(): number {
    return Object.values(this.#breachCounts).reduce((sum, count) => sum + count, 0);
  }

  breachCount(promise: PromiseName): number {
    return this.#breachCounts[promise];
  }

  count(name: keyof RequestCounts): number {
    return this.#requests[name];
  }

  arrived({ kind }: Visitor): void {
    this.#arrived += 1;
    this.#now.arrived += 1;
    this.#of(kind).visitors += 1;
  }

  asked({ kind }: Visitor, counted: keyof RequestCounts): void {
    this.#requests[counted] += 1;
    this.#now.requests[counted] += 1;
    this.#of(kind).requests += 1;
  }

  letIn({ kind, waitsSince }: Visitor, atMs: number): void {
    this.#now.letIn += 1;
    if (waitsSince !== undefined) this.#of(kind).waits.push(atMs - waitsSince);
  }

  leftLine(): void {
    this.#now.left += 1;
  }

  served({ kind }: Visitor): void {
    this.#of(kind).served += 1;
  }

  left({ kind }: Visitor): void {
    this.#of(kind).left += 1;
  }

  kept({ kind }: Visitor): void {
    this.#of(kind).kept += 1;
  }

  borrowed({ number }: Visitor): void {
    this.#borrowers.add(number);
  }

  tried(trick: string): void {
    this.#tricks.add(trick);
  }

  failedOpen({ number }: Visitor, reason: string): void {
    const known = this.#failedOpen.get(reason) ?? { requests: 0, visitors: new Set<number>() };
    known.requests += 1;
    known.visitors.add(number);
    this.#failedOpen.set(reason, known);
  }

  elsewhere(asked: readonly (readonly [host: string, requests: number])[]): void {
    for (const [host, requests] of asked)
      this.#elsewhere.set(host, (this.#elsewhere.get(host) ?? 0) + requests);
  }

  broke(promise: PromiseName, { number, kind, story }: Visitor, atMs: number, what: string): void {
    this.#breachCounts[promise] += 1;
    if (this.#breachCounts[promise] > MOST_STORIES) return;
    this.#breaches.push({ promise, visitor: { number, kind }, atMs, what, story: story.entries });
  }

  /** Ends moments until one contains this time. */
  upTo(atMs: number, state: () => { readonly inLine: number; readonly browsing: number }): void {
    while ((this.#moments.length + 1) * this.momentMs <= atMs) this.#endMoment(state());
  }

  /** Ends the last moment, unless nothing has happened in it. */
  end(atMs: number, state: { readonly inLine: number; readonly browsing: number }): void {
    if (this.#moments.length * this.momentMs < atMs || this.#moments.length === 0) this.#endMoment(state);
  }

  /** What is known when it is over, besides what only its caller knows. */
  outcome(): Pick<
    Rehearsal,
    | "momentMs"
    | "timeline"
    | "requests"
    | "kinds"
    | "breaches"
    | "breachCounts"
    | "failedOpen"
    | "borrowed"
    | "askedElsewhere"
    | "tricks"
  > {
    return {
      momentMs: this.momentMs,
      timeline: this.#moments,
      requests: this.#requests,
      kinds: [...this.#kinds].map(([kind, { waits, ...counts }]): KindOutcome => ({
        kind,
        ...counts,
        waits: waitsOf(waits),
      })),
      breaches: this.#breaches,
      breachCounts: this.#breachCounts,
      failedOpen: [...this.#failedOpen]
        .map(([reason, { requests, visitors }]) => ({ reason, requests, visitors: visitors.size }))
        .sort((a, b) => b.requests - a.requests),
      borrowed: this.#borrowers.size,
      tricks: [...this.#tricks].sort(),
      askedElsewhere: [...this.#elsewhere].map(([host, requests]) => ({ host, requests })),
    };
  }

  #endMoment({ inLine, browsing }: { readonly inLine: number; readonly browsing: number }): void {
    const fromMs = this.#moments.length * this.momentMs;
    this.#moments.push({ fromMs, ...this.#now, inLine, browsing });
    this.#now = { arrived: 0, letIn: 0, left: 0, requests: noCounts() };
  }

  #of(kind: VisitorKind): KindCounts {
    const counts = this.#kinds.get(kind);
    if (counts === undefined) throw new Error(`The scenario has no visitors of the kind ${kind}.`);
    return counts;
  }
}

/** An event while it goes on. */
export interface OpenEvent extends Omit<HappenedEvent, "outcome" | "isUnfinished"> {
  outcome: string | undefined;
  isUnfinished?: boolean;
}

function noCounts(): Counts {
  return {
    bypassed: 0,
    unprotected: 0,
    withSession: 0,
    toWaitingRoom: 0,
    tokenTaken: 0,
    refused: 0,
    failedOpen: 0,
    errors: 0,
    siteErrors: 0,
  };
}

function waitsOf(all: readonly number[]): Waits | undefined {
  if (all.length === 0) return undefined;
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { count: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), longestMs: sorted.at(-1) ?? 0 };
}

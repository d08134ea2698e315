/** What is rehearsed, settled: nothing in it is a default any more. Times are simulated milliseconds. */
export interface Scenario {
  readonly name: string;
  /** Of everything random: the same seed gives the same rehearsal. */
  readonly seed: number;
  readonly visitors: number;
  /** Everybody arrives within this time, by `arrivals`. */
  readonly arriveMs: number;
  readonly arrivals: "steady" | "burst" | "ramp";
  /** Visitors let in per minute and waiting room. */
  readonly outflow: number;
  /** How long it goes on at most. */
  readonly durationMs: number;
  /** Share of each kind of visitor; they add up to 1. */
  readonly kinds: Readonly<Partial<Record<VisitorKind, number>>>;
  readonly events: readonly ScenarioEvent[];
  /** Places that a visitor may be let in earlier or later than their number says. */
  readonly orderTolerance: number;
  /** Visitors expected at the real sale, for what it would cost at Cloudflare. */
  readonly realVisitors: number;
  readonly clock: "simulated" | "real";
}

export type VisitorKind = "person" | "slow-phone" | "native-app" | "search-bot" | "attacker";

/** Something that happens at a given moment. */
export type ScenarioEvent = { readonly atMs: number } & (
  | { readonly kind: "publish" }
  | { readonly kind: "protect"; readonly page: string }
  | { readonly kind: "deploy" }
  | { readonly kind: "rotate-secret" }
  | { readonly kind: "kv"; readonly how: "slow" | "failing" | "stale"; readonly forMs: number }
  | { readonly kind: "origin"; readonly how: "slow" | "down"; readonly forMs: number }
  | { readonly kind: "queue-it"; readonly how: "unreachable"; readonly forMs: number }
  | { readonly kind: "restart-isolates" }
  | { readonly kind: "switch"; readonly to: "off" | "on" }
);

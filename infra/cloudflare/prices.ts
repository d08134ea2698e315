/** What Cloudflare takes for something: so much is in a month's price, each million more costs. */
export interface Price {
  readonly included: number;
  readonly perMillionUsd: number;
}

/** Cloudflare's price list for Workers Paid. A contract may say something else. */
export const WORKERS_PAID = {
  source: "https://developers.cloudflare.com/workers/platform/pricing/",
  asOf: "August 2026",
  monthlyUsd: 5,
  /** Invocations of Workers; what a Worker asks for itself is not counted. */
  requests: { included: 10_000_000, perMillionUsd: 0.3 },
  cpuMs: { included: 30_000_000, perMillionUsd: 0.02 },
  kvReads: { included: 10_000_000, perMillionUsd: 0.5 },
  kvWrites: { included: 1_000_000, perMillionUsd: 5 },
} as const satisfies Readonly<Record<string, Price | string | number>>;

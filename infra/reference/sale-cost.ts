import { type Price, WORKERS_PAID } from "../cloudflare/prices.ts";

/** What a sale is expected to be. */
export interface Sale {
  readonly visitors: number;
  /** Pages that a visitor opens after the waiting room, and that a protected route takes. */
  readonly pages: number;
  /** Pictures, style sheets and scripts of each page. */
  readonly filesOfPage: number;
  readonly hours: number;
  /** How often the integration configuration is published meanwhile. */
  readonly publishes: number;
}

/** What Cloudflare counts, and what it takes for it. */
export interface SaleCost {
  readonly requests: number;
  readonly cpuMs: number;
  readonly kvReads: number;
  readonly kvWrites: number;
  /** US dollars above the plan's price, where nothing else in the month uses what it includes. */
  readonly usd: number;
}

/** To the waiting room, and back with the token. */
const REQUESTS_TO_GET_IN = 2;

/** Milliseconds of CPU for a request: many times what was measured, since Cloudflare counts the runtime's own work, too. */
export const CPU_MS = 1;

/** Isolates that run at once, all over the world. Nobody outside of Cloudflare knows: this is many. */
export const ISOLATES = 1000;

/** The configuration, and the index beside a large one. */
const KEYS = 2;

/** What a sale costs on Workers Paid, with static files on bypass routes or through the Worker. */
export function saleCost(sale: Sale, files: "bypassed" | "through the Worker"): SaleCost {
  const { visitors, pages, filesOfPage, hours, publishes } = sale;
  const ofPage = 1 + (files === "bypassed" ? 0 : filesOfPage);
  const requests = visitors * (REQUESTS_TO_GET_IN + pages * ofPage);
  const cpuMs = requests * CPU_MS;
  const kvReads = ISOLATES * KEYS * (hours * 60 + 1);
  const kvWrites = KEYS * (publishes + 1);
  const { requests: request, cpuMs: cpu, kvReads: read, kvWrites: write } = WORKERS_PAID;
  const usd =
    charged(requests, request) + charged(cpuMs, cpu) + charged(kvReads, read) + charged(kvWrites, write);
  return { requests, cpuMs, kvReads, kvWrites, usd };
}

/** What is charged for an amount of a month, in US dollars. */
export function charged(amount: number, { included, perMillionUsd }: Price): number {
  return (Math.max(0, amount - included) / 1e6) * perMillionUsd;
}

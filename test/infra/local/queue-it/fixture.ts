import { createLocalQueueIt, type LocalQueueIt } from "../../../../infra/local/queue-it/local-queue-it.ts";
import type { LocalQueueItOptions } from "../../../../infra/local/queue-it/options.ts";

export const SECRET_KEY = "obviously-fake-secret-key-of-the-tests";
export const API_KEY = "obviously-fake-api-key-of-the-tests";
export const SHOP = "https://shop.example.com";

/** A clock that stands still until a test moves it. */
export interface Clock {
  milliseconds: number;
}

/** A local Queue-it of customer `acme` with one site, on a clock of its own. */
export function queueIt(overrides: Partial<LocalQueueItOptions> = {}): {
  readonly queueIt: LocalQueueIt;
  readonly clock: Clock;
} {
  const clock: Clock = { milliseconds: Date.UTC(2026, 0, 1) };
  return {
    clock,
    queueIt: createLocalQueueIt({
      customerId: "acme",
      secretKey: SECRET_KEY,
      apiKey: API_KEY,
      sites: ["shop.example.com"],
      publishUrl: `${SHOP}/?__push_queueit_config`,
      publish: () => Promise.resolve(new Response("Success!")),
      localUrl,
      now: () => clock.milliseconds,
      ...overrides,
    }),
  };
}

/** The addresses a preview at port 8787 has. */
export function localUrl(realUrl: string): string {
  return realUrl.replace(/^https:\/\/([^/?#]+)/, "http://$1.localhost:8787");
}

/** A request to `acme.queue-it.net`. */
export function get(path: string, headers: Record<string, string> = {}): Request {
  return new Request(`https://acme.queue-it.net${path}`, { headers });
}

/** The connector's redirect to a waiting room, for a target URL. */
export function redirectToWaitingRoom(target: string, extra = ""): Request {
  return get(
    `/?c=acme&e=demotickets&ver=javascript-5.0.1&cver=1&man=Ticket%20pages${extra}&t=${encodeURIComponent(target)}`,
  );
}

/** Where an answer redirects to. */
export function location(response: Response): string {
  const header = response.headers.get("location");
  if (header === null) throw new Error(`Expected a redirect, got status ${response.status}.`);
  return header;
}

import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { LocalQueueItControl } from "../queue-it/local-queue-it.ts";

/** How an environment's Worker gets its integration configuration. */
export interface Delivery {
  readonly environment: string;
  readonly owner: "publish" | "pull" | "file";
  /** When the Worker fetches it, in UTC; undefined where it does not. */
  readonly cron: string | undefined;
}

/** One tab of the dashboard: a customer of Queue-it, and its environments. */
export interface DashboardCustomer {
  readonly customerId: string;
  /** The local Queue-it to show and to change. */
  readonly queueIt: LocalQueueItControl;
  /** How the Worker matches: what the editor warns of depends on it. */
  readonly matching: "as-configured" | "normalized";
  /** One for each environment. */
  readonly deliveries: readonly Delivery[];
  /** What was set up, in order, with the time it took. */
  readonly steps: () => readonly {
    readonly title: string;
    readonly detail: string;
    readonly milliseconds: number;
  }[];
  /** Addresses to try, as the browser reaches them. */
  readonly links: () => readonly {
    /** Hostname of the site. */
    readonly site: string;
    readonly label: string;
    readonly url: string;
    readonly explains: string;
  }[];
}

export interface DashboardOptions {
  readonly customers: readonly [DashboardCustomer, ...DashboardCustomer[]];
  /** What the edge answered, oldest first. */
  readonly requests: () => readonly RequestEvent[];
}

import type { LocalQueueItControl } from "../queue-it/local-queue-it.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";

export interface DashboardOptions {
  /** The local Queue-it to show and to change. */
  readonly queueIt: LocalQueueItControl;
  /** How the Worker matches: what the editor warns of depends on it. */
  readonly matching: "as-configured" | "normalized";
  /** What was set up, in order, with the time it took. */
  readonly steps: () => readonly {
    readonly title: string;
    readonly detail: string;
    readonly milliseconds: number;
  }[];
  /** Addresses to try, as the browser reaches them. */
  readonly links: () => readonly {
    readonly label: string;
    readonly url: string;
    readonly explains: string;
  }[];
  /** What the edge answered, oldest first. */
  readonly requests: () => readonly RequestEvent[];
}

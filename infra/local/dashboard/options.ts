import type { ExplainedRequest } from "../../configuration/explain/explain-request.ts";
import type { TriedRequest } from "../../configuration/explain/visitor-request.ts";
import type { Activity } from "../activity/activity.ts";
import type { LoggedLine } from "../activity/log-tail.ts";
import type { Outcome } from "../activity/outcome.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { Faults } from "../faults/faults.ts";
import type { LocalQueueItControl } from "../queue-it/local-queue-it.ts";
import type { Crowd } from "../visitors/crowd.ts";

/** How an environment's Worker gets its integration configuration. */
export type Delivery =
  | { readonly environment: string; readonly owner: "publish" | "file" }
  | {
      readonly environment: string;
      readonly owner: "pull";
      /** When the Worker fetches it, in UTC. */
      readonly cron: string;
      /** Lets the Worker fetch it now, as Cloudflare's cron does. Never rejects. */
      readonly fetchNow: () => Promise<FetchResult>;
      /** How that went the last time; undefined before the first. */
      readonly lastFetch: () => FetchResult | undefined;
    };

/** How it went when the Worker was let fetch the integration configuration. */
export interface FetchResult {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Version of the configuration that there was to fetch. */
  readonly version: number;
  /** Why it has another one now; undefined when it has this one. */
  readonly problem: string | undefined;
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
  /** Visitors who can be opened. */
  readonly visitors: Crowd;
  /** What would happen to a request; a text says why that is not known. */
  readonly explain: (request: TriedRequest) => Promise<ExplainedRequest | string>;
}

export interface DashboardOptions {
  readonly customers: readonly [DashboardCustomer, ...DashboardCustomer[]];
  /** What the edge answered, oldest first. */
  readonly requests: () => readonly RequestEvent[];
  /** Which action matched in one of these, why, and what was decided; undefined where that is not known. */
  readonly decided: (event: RequestEvent) => string | undefined;
  /** How one of these ended. */
  readonly outcomeOf: (event: RequestEvent) => Outcome | undefined;
  readonly activity: Pick<Activity, "stretches">;
  readonly faults: Faults;
  readonly account: ShownAccount;
  /** The latest lines of the log, oldest first. */
  readonly log: () => readonly LoggedLine[];
  /** Every secret of this run: none is shown, wherever it turns up. */
  readonly secrets: () => readonly string[];
}

/** What is shown of the account. */
export type ShownAccount = Pick<
  LocalAccount,
  "id" | "zones" | "namespaces" | "getValue" | "listKeys" | "scripts" | "routes" | "domains" | "schedules"
>;

import { OUTCOMES, type Outcome } from "../activity/outcome.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { DashboardOptions } from "./options.ts";

/** What is known of a request that was answered. */
export interface ShownRequest {
  readonly event: RequestEvent;
  readonly outcome: Outcome | undefined;
  /** Which action matched, and what was decided; undefined where that is not known. */
  readonly decided: string | undefined;
}

/** Which requests are shown; undefined for any. */
export interface RequestFilter {
  /** In address, method, route, Worker, or in what was decided; empty for any. */
  readonly text: string;
  /** First digit of the status. */
  readonly status: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly by: "worker" | "bypass" | undefined;
}

export const STATUSES = ["2", "3", "4", "5"] as const;

/** The words of an address: what names nothing is left out. */
export function readFilter(query: (name: string) => string | undefined): RequestFilter {
  const [status, outcome, by] = [query("status"), query("decision") ?? "", query("by")];
  return {
    text: (query("text") ?? "").trim().slice(0, 200),
    status: STATUSES.find((digit) => digit === status),
    outcome: Object.hasOwn(OUTCOMES, outcome) ? (outcome as Outcome) : undefined,
    by: by === "worker" || by === "bypass" ? by : undefined,
  };
}

/** Whether anything is left out. */
export function isFiltered({ text, status, outcome, by }: RequestFilter): boolean {
  return text !== "" || [status, outcome, by].some((chosen) => chosen !== undefined);
}

/** The requests that the filter lets through, newest first. */
export function filtered(
  { requests, decided, outcomeOf }: Pick<DashboardOptions, "requests" | "decided" | "outcomeOf">,
  filter: RequestFilter,
): readonly ShownRequest[] {
  return requests()
    .toReversed()
    .map((event) => ({ event, outcome: outcomeOf(event), decided: decided(event) }))
    .filter((shown) => lets(filter, shown));
}

function lets({ text, status, outcome, by }: RequestFilter, shown: ShownRequest): boolean {
  const { event } = shown;
  return (
    (status === undefined || String(event.status).startsWith(status)) &&
    (outcome === undefined || shown.outcome === outcome) &&
    (by === undefined || (event.worker === null) === (by === "bypass")) &&
    (text === "" || wordsOf(shown).includes(text.toLowerCase()))
  );
}

function wordsOf({ event: { method, url, status, route, worker }, decided }: ShownRequest): string {
  return [method, url, status, route, worker, decided].join(" ").toLowerCase();
}

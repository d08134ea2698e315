import type { Rehearsal, RequestCounts } from "../rehearsal.ts";
import type { OutcomeName, Traffic } from "./verdict.ts";

/** What becomes of a request, in words, in the order in which it is told and drawn. */
export const OUTCOMES: Readonly<Record<OutcomeName, string>> = {
  bypassed: "past the Worker",
  unprotected: "no action matched",
  withSession: "passed with a session",
  tokenTaken: "came from the line with a token",
  toWaitingRoom: "sent to the waiting room",
  refused: "refused for what they brought",
  failedOpen: "let through by failing open",
  errors: "error of the connector",
  siteErrors: "error of the site",
};

/** The outcomes in their order. */
export const OUTCOME_NAMES = Object.keys(OUTCOMES) as readonly OutcomeName[];

/** Where the requests of a rehearsal went. */
export function trafficOf({ requests }: Pick<Rehearsal, "requests">): Traffic {
  const total = sumOf(requests);
  return {
    requests: total,
    bypassed: requests.bypassed,
    invocations: total - requests.bypassed,
    outcomes: OUTCOME_NAMES.filter((name) => requests[name] > 0).map((name) => ({
      name,
      words: OUTCOMES[name],
      requests: requests[name],
    })),
  };
}

function sumOf(requests: RequestCounts): number {
  return OUTCOME_NAMES.reduce((sum, name) => sum + requests[name], 0);
}

import { CheckFailed } from "./check.ts";
import type { Answer } from "./reach.ts";
import { ownPath } from "../text/own-path.ts";

/** Whether a connector had this request. */
export function isFromWorker({ headers }: Answer): boolean {
  return headers.get("x-queueit-connector") !== null;
}

/** Who has to answer. */
interface Answering {
  readonly environment: string;
  /** Name of the Worker that answers what passes; undefined for the origin. */
  readonly chained: string | undefined;
}

/** @throws CheckFailed unless the Worker answered, and did not fail. */
export function requireWorker(answer: Answer, { environment, chained }: Answering): void {
  if (!isFromWorker(answer) && chained !== undefined && answer.status >= 500) {
    throw new CheckFailed(
      `answered ${answer.status}: the Worker ${chained} behind the connector failed, or a route is in the way`,
      `look at the log of ${chained}, then at: npx queueit-cf drift ${environment}`,
    );
  }
  if (!isFromWorker(answer)) {
    throw new CheckFailed(
      `answered ${answer.status}, and not by the Worker: nobody queues there`,
      `see which route is missing or in the way: npx queueit-cf drift ${environment}`,
    );
  }
  if (answer.headers.get("x-queueit-failed") !== null) {
    throw new CheckFailed(`answered ${answer.status}, but the Worker failed open, so nobody queues`, IN_LOG);
  }
  requireSite(answer, IN_LOG);
}

const IN_LOG = `look for the reason in the Worker's log (${ownPath("docs/worker-log.md")} says what to do), and at the site`;

/**
 * Visitors who get a page with an error get no page, and what would stand there was not seen. A Worker that fails closed
 * answers 503, one that has thrown or lost the origin 5xx.
 *
 * @throws CheckFailed where the answer is 5xx.
 */
export function requireSite({ status }: Answer, remedy: string): void {
  if (status < 500) return;
  throw new CheckFailed(`answered ${status}: visitors get an error instead of the page`, remedy);
}

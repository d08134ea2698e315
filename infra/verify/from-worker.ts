import { CheckFailed } from "./check.ts";
import type { Answer } from "./reach.ts";

/** Whether a connector had this request. */
export function isFromWorker({ headers }: Answer): boolean {
  return headers.get("x-queueit-connector") !== null;
}

/** @throws CheckFailed unless the Worker answered, and did not fail. */
export function requireWorker(answer: Answer, environment: string): void {
  if (!isFromWorker(answer)) {
    throw new CheckFailed(
      `answered ${answer.status}, and not by the Worker: nobody queues there`,
      `see which route is missing or in the way: npx queueit-cf drift ${environment}`,
    );
  }
  if (answer.headers.get("x-queueit-failed") !== null) {
    throw new CheckFailed(
      `answered ${answer.status}, but the Worker failed open, so nobody queues`,
      "look for the reason in the Worker's log (docs/worker-log.md says what to do)",
    );
  }
}

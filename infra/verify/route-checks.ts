import { type Check, check, CheckFailed, skipped } from "./check.ts";
import type { Answer, Reach } from "./reach.ts";
import type { SampledRoute } from "./sample-urls.ts";

/** The Worker answers where a route protects, and nowhere else. */
export async function checkRoute(reach: Reach, { kind, pattern, url }: SampledRoute): Promise<Check> {
  const name = kind === "protect" ? `the Worker answers at ${pattern}` : `${pattern} bypasses the Worker`;
  if (url === undefined) return skipped(name, "no address is known that only this route gets");
  return check(name, async () => {
    const answer = await reach.get(url);
    return kind === "protect" ? protectedDetail(answer) : bypassDetail(answer);
  });
}

function protectedDetail(answer: Answer): string {
  if (!isFromWorker(answer)) {
    throw new CheckFailed(`answered ${answer.status}, and not by the Worker: nobody queues there`);
  }
  if (answer.headers.get("x-queueit-failed") !== null) {
    throw new CheckFailed("the Worker failed open, so nobody queues; the reason is in its log");
  }
  return `answered ${answer.status}`;
}

function bypassDetail(answer: Answer): string {
  if (isFromWorker(answer)) throw new CheckFailed("the Worker answered: the bypass has no effect");
  return `answered ${answer.status}, not by the Worker`;
}

function isFromWorker({ headers }: Answer): boolean {
  return headers.get("x-queueit-connector") !== null;
}

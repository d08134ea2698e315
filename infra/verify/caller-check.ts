import type { AskedPage } from "./ask-pages.ts";
import { type Check, check, CheckFailed } from "./check.ts";
import { requireWorker } from "./from-worker.ts";
import type { Expected } from "./page-checks.ts";
import type { Reach } from "./reach.ts";
import { waitingRoomRedirect } from "./waiting-room-redirect.ts";

/** A page of a host that queues, by what came back for it; undefined where none does. */
export function queueingPage(host: string, asked: readonly AskedPage[]): string | undefined {
  return asked.find(
    ({ hostname, answer }) =>
      hostname === host && typeof answer !== "string" && waitingRoomRedirect(answer) !== undefined,
  )?.url;
}

/** Scripts of an origin that `queueIt.allowedOrigins` lists can read where to wait. */
export function checkCaller(
  page: string,
  origin: string,
  expected: Pick<Expected, "environment" | "chained">,
  reach: Pick<Reach, "get">,
): Promise<Check> {
  const { hostname: host } = new URL(page);
  return check({ name: `${page} tells scripts of ${origin} where to wait`, host, page }, async () => {
    const answer = await reach.get(page, {
      origin,
      "x-queueit-ajaxpageurl": encodeURIComponent(`${origin}/`),
    });
    requireWorker(answer, expected);
    const told = answer.headers.get("x-queueit-redirect");
    const reader = answer.headers.get("access-control-allow-origin");
    if (told === null || reader !== origin) {
      throw new CheckFailed(
        told === null
          ? `answered ${answer.status}, without saying where`
          : `answered ${answer.status} for ${reader === null ? "no other origin" : "another origin"} to read`,
        `deploy, or find out who changed the Worker's variables: npx queueit-cf deploy ${expected.environment}`,
      );
    }
    return `answered ${answer.status}, and may be read`;
  });
}

import { respelt } from "../queue-it/respelt.ts";
import type { RouteSpec } from "../specification/specification.ts";
import { isProtected } from "../specification/takes-publish-calls.ts";
import type { AskedPage } from "./ask-pages.ts";
import { type Check, check, CheckFailed } from "./check.ts";
import { requireWorker } from "./from-worker.ts";
import type { Expected } from "./page-checks.ts";
import type { Reach } from "./reach.ts";
import { waitingRoomRedirect } from "./waiting-room-redirect.ts";

/** A page that queues, and another spelling of its address that the routes bring to the Worker too. */
export interface Spelling {
  readonly page: string;
  readonly respelt: string;
  readonly waitingRoom: string;
}

/** Undefined where no page of a host queues, or no route takes another spelling: then nothing is promised of it. */
export function spellingAt(
  host: string,
  asked: readonly AskedPage[],
  routes: readonly RouteSpec[],
): Spelling | undefined {
  for (const { url, hostname, answer } of asked) {
    const redirect =
      hostname !== host || typeof answer === "string" ? undefined : waitingRoomRedirect(answer);
    const other = respelt(url);
    if (redirect === undefined || other === url || !isProtected(routes, other)) continue;
    return { page: url, respelt: other, waitingRoom: redirect.waitingRoom };
  }
  return undefined;
}

/** Where the environment says `normalized`, the Worker takes another spelling of a page for the same one. */
export function checkSpelling(
  { page, respelt: url, waitingRoom }: Spelling,
  expected: Expected,
  reach: Reach,
): Promise<Check> {
  const { hostname: host } = new URL(page);
  const { environment } = expected;
  return check({ name: `${url} queues like ${page}`, host, page: url }, async () => {
    const answer = await reach.get(url);
    requireWorker(answer, expected);
    const found = waitingRoomRedirect(answer)?.waitingRoom;
    if (found === waitingRoom) return `answered ${answer.status}, to waiting room ${waitingRoom}`;
    throw new CheckFailed(
      `answered ${answer.status}, ${found === undefined ? "without a waiting room" : `to waiting room ${found}`}, although ` +
        "queueIt.matching is normalized",
      `deploy, or find out who changed the Worker's variables: npx queueit-cf deploy ${environment}`,
    );
  });
}

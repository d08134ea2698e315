import { signQueueToken } from "../queue-it/queue-token.ts";
import { type Check, check, CheckFailed, skipped } from "./check.ts";
import type { Answer, Reach } from "./reach.ts";
import { withParameter } from "./with-parameter.ts";

/** A page where a queue action applies, as the Worker itself says. */
export interface QueueingPage {
  readonly url: string;
  readonly waitingRoom: string;
  readonly queueDomain: string;
}

export interface VisitorChecks {
  readonly reach: Reach;
  readonly secretKey: string;
  readonly customerId: string;
}

const REDIRECTED = "an unknown visitor is sent to the waiting room";
const SESSION = "a signed token gets a session, a forged one does not";

/**
 * What visitors meet where they have to queue.
 *
 * @param page Undefined where no page is known that queues.
 * @param tried The pages that were asked.
 */
export async function* checkVisitors(
  checks: VisitorChecks,
  page: QueueingPage | undefined,
  tried: readonly string[],
): AsyncGenerator<Check> {
  if (page === undefined) {
    const where = tried.length === 0 ? "any known page" : tried.join(", ");
    const detail = `no queue action applies at ${where}; name a page that queues in coverage.protected`;
    yield skipped(REDIRECTED, detail);
    yield skipped(SESSION, detail);
    return;
  }
  yield await check(REDIRECTED, () => redirectDetail(checks, page));
  yield await check(SESSION, () => sessionDetail(checks, page));
}

async function redirectDetail({ reach, customerId }: VisitorChecks, page: QueueingPage): Promise<string> {
  const { location, status } = await reach.get(page.url);
  if (location === null) throw new CheckFailed(`${page.url} answered ${status} instead of a redirect`);
  const { host, searchParams } = new URL(location);
  requireSame("host", host, page.queueDomain.replace(/\/$/, ""));
  requireSame("customer", searchParams.get("c"), customerId);
  requireSame("waiting room", searchParams.get("e"), page.waitingRoom);
  return `${page.url} leads to ${page.waitingRoom} at ${host}`;
}

function requireSame(what: string, found: string | null, wanted: string): void {
  if (found?.toLowerCase() === wanted.toLowerCase()) return;
  throw new CheckFailed(`the redirect has the ${what} ${found ?? "(none)"}, and not ${wanted}`);
}

async function sessionDetail({ reach, secretKey }: VisitorChecks, page: QueueingPage): Promise<string> {
  const fields = {
    waitingRoomId: page.waitingRoom,
    queueId: "queueit-cf-verify",
    expires: Math.floor(Date.now() / 1000) + 60,
    validity: { kind: "fixed", minutes: 1 },
  } as const;
  const forged = await reach.get(withToken(page.url, signQueueToken(fields, `not ${secretKey}`)));
  if (sessionCookie(forged) !== undefined) throw new CheckFailed("a forged token got a session cookie");

  const signed = await reach.get(withToken(page.url, signQueueToken(fields, secretKey)));
  const cookie = sessionCookie(signed);
  if (cookie === undefined) {
    throw new CheckFailed(`a token signed with the secret key got no session cookie (${signed.status})`);
  }
  const later = await reach.get(page.url, { cookie });
  if (later.location !== null && new URL(later.location).host === page.queueDomain) {
    throw new CheckFailed("the session cookie is refused on the next page");
  }
  return `session cookie issued and accepted at ${page.url}`;
}

function withToken(url: string, token: string): string {
  return withParameter(url, `queueittoken=${encodeURIComponent(token)}`);
}

function sessionCookie({ headers }: Answer): string | undefined {
  const cookies = headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  return cookies.find((pair) => pair.startsWith("QueueITAccepted-SDFrts345E-V3_"));
}

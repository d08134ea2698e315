import type { WorkerStatus } from "../../worker/status/status-protocol.ts";
import { signQueueToken } from "../queue-it/queue-token.ts";
import type { AskedPage } from "./ask-pages.ts";
import { type Check, check, CheckFailed, NotTried } from "./check.ts";
import { type ExpectedStatus, statusProblem } from "./deployed-status.ts";
import { requireWorker } from "./from-worker.ts";
import type { Expected } from "./page-checks.ts";
import type { Answer, Reach } from "./reach.ts";
import { waitingRoomRedirect } from "./waiting-room-redirect.ts";
import { withParameter } from "./with-parameter.ts";

/** Every isolate that was asked on a host runs the deployed bundle, and has a configuration that queues. */
export function checkStatuses(
  host: string,
  asked: readonly AskedPage[],
  wanted: ExpectedStatus,
  { environment, remedy }: Expected,
): Promise<Check> {
  const pages = asked.filter(({ hostname, takesQuery }) => hostname === host && takesQuery);
  return check({ name: `bundle and integration configuration at ${host}`, host }, () => {
    if (wanted.bundle === undefined) {
      throw new NotTried(
        "Terraform's state does not say which bundle is deployed, so there is nothing to compare with",
        `deploy it first: npx queueit-cf deploy ${environment}`,
      );
    }
    const [first] = pages;
    if (first === undefined) {
      throw new NotTried(
        "no protected page of this host is known whose route matches a query string, which a status call needs",
        'end a path with * in "protect", or name a page in coverage.protected of ' +
          `infra/environments/${environment}.ts`,
      );
    }
    for (const { url, status } of pages) {
      if (typeof status === "string") {
        throw new CheckFailed(`${url}: ${status}`, `fix that, then verify again`);
      }
      const problem = statusProblem(status, wanted);
      if (problem !== undefined) {
        throw new CheckFailed(
          `${url}: ${problem}`,
          status.bundle === wanted.bundle && isSetAs(status, wanted)
            ? remedy
            : `deploy it, or find out who uploaded or changed another one: npx queueit-cf deploy ${environment}`,
        );
      }
      if (status.configuration?.actions === 0) {
        throw new CheckFailed(
          `${url}: configuration version ${status.configuration.version} has no action, so nobody queues`,
          remedy,
        );
      }
    }
    const details = pages.flatMap(({ status }) => (typeof status === "string" ? [] : [statusDetail(status)]));
    return (
      `${[...new Set(details)].join("; ")} ` +
      `(${pages.length === 1 ? "asked at 1 page" : `asked at ${pages.length} pages`})`
    );
  });
}

function isSetAs(status: WorkerStatus, { failure, owner, chained }: ExpectedStatus): boolean {
  const isChained = status.chained ?? false;
  return status.failure === failure && status.owner === owner && isChained === (chained !== undefined);
}

function statusDetail({ bundle, configuration, hooks }: WorkerStatus): string {
  const { version = 0, actions = 0 } = configuration ?? {};
  const inBundle = hooks === undefined ? "" : ` with your hooks ${hooks.join(", ")}`;
  return `bundle ${bundle?.slice(0, 12) ?? "(not known)"}${inBundle}, configuration version ${version} with ${actions} actions`;
}

/** A token signed with the secret key gets a session on a host, and a forged one does not. */
export function checkSession(
  host: string,
  asked: readonly AskedPage[],
  expected: Expected,
  { reach, secretKey }: { readonly reach: Reach; readonly secretKey: string },
): Promise<Check> {
  const { environment, remedy } = expected;
  const pages = asked.filter(({ hostname }) => hostname === host);
  const [queueing] = pages.flatMap(({ url, answer, takesQuery }) => {
    const redirect = typeof answer === "string" || !takesQuery ? undefined : waitingRoomRedirect(answer);
    return redirect === undefined ? [] : [{ url, ...redirect }];
  });
  const name = `a signed token gets a session at ${host}, a forged one does not`;
  return check({ name, host, ...(queueing && { page: queueing.url }) }, () => {
    if (queueing !== undefined) return sessionDetail(queueing, reach, secretKey, expected);
    const silent = pages.find(({ answer }) => typeof answer === "string");
    if (typeof silent?.answer === "string") {
      throw new NotTried(`${silent.url} did not answer: ${silent.answer}`, "fix that, then verify again");
    }
    const where = pages.length === 0 ? "no page of this host is known" : `none queues of ${listed(pages)}`;
    throw new NotTried(
      `no page of this host sends visitors to a waiting room: ${where}`,
      `name a page that has to queue in coverage.protected of infra/environments/${environment}.ts; or, ` +
        `where one has to queue already, ${remedy}`,
    );
  });
}

/** More than that nobody reads. */
const MOST_LISTED = 3;

function listed(pages: readonly AskedPage[]): string {
  const urls = pages.slice(0, MOST_LISTED).map(({ url }) => url);
  const more = pages.length - urls.length;
  return [...urls, ...(more === 0 ? [] : [`${more} more`])].join(", ");
}

interface QueueingPage {
  readonly url: string;
  readonly waitingRoom: string;
  readonly host: string;
}

async function sessionDetail(
  page: QueueingPage,
  reach: Reach,
  secretKey: string,
  expected: Expected,
): Promise<string> {
  const fields = {
    waitingRoomId: page.waitingRoom,
    queueId: "queueit-cf-verify",
    expires: Math.floor(Date.now() / 1000) + 60,
    validity: { kind: "fixed", minutes: 1 },
  } as const;
  const forged = await reach.get(withToken(page.url, signQueueToken(fields, `not ${secretKey}`)));
  if (sessionCookie(forged) !== undefined)
    throw new CheckFailed(`a forged token got a session cookie at ${page.url}`, OTHER_WORKER);

  const signed = await reach.get(withToken(page.url, signQueueToken(fields, secretKey)));
  const cookie = sessionCookie(signed);
  if (cookie === undefined) {
    throw new CheckFailed(
      `a token signed with the secret key got no session cookie at ${page.url} (${signed.status}): ` +
        "visitors who have waited would wait for ever",
      "compare TF_VAR_queueit_secret_key with the secret key in Queue-it's GO platform, then deploy",
    );
  }
  const later = await reach.get(page.url, { cookie });
  if (waitingRoomRedirect(later) !== undefined) {
    throw new CheckFailed(`the session cookie is refused on the next page, ${page.url}`, OTHER_WORKER);
  }
  // What stands behind the waiting room: no new visitor of such a page ever sees it.
  requireWorker(later, expected);
  const answering = expected.chained === undefined ? "" : `, where the Worker ${expected.chained} answered`;
  return `session cookie issued and accepted at ${page.url}${answering}`;
}

const OTHER_WORKER = "deploy again, and report it to this project: the Worker should never do that";

function withToken(url: string, token: string): string {
  return withParameter(url, `queueittoken=${encodeURIComponent(token)}`);
}

function sessionCookie({ headers }: Answer): string | undefined {
  const cookies = headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  return cookies.find((pair) => pair.startsWith("QueueITAccepted-SDFrts345E-V3_"));
}

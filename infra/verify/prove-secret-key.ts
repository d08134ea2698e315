import type { RouteSpec } from "../specification/specification.ts";
import { readConfiguration } from "../plan/changes/configuration-diff.ts";
import { actionLookup } from "../plan/routing.ts";
import { actionEffect } from "../queue-it/action-effect.ts";
import type { SecretKeyProof } from "../queue-it/secret-key-proof.ts";
import { signQueueToken } from "../queue-it/queue-token.ts";
import { isProtected } from "../specification/takes-publish-calls.ts";
import { reasonOf } from "./check.ts";
import { askStatus } from "./deployed-status.ts";
import type { Answer, Reach } from "./reach.ts";
import { sampleRoutes } from "./sample-urls.ts";
import { withParameter } from "./with-parameter.ts";
import { parsedUrl } from "../url/parsed-url.ts";

export interface SecretKeyQuestion {
  readonly reach: Reach;
  readonly secretKey: string;
  readonly routes: readonly RouteSpec[];
  readonly hostnames: readonly string[];
  /** Text of the integration configuration in KV; undefined where there is none. */
  readonly configuration: string | undefined;
  /** Whether the Worker answers status calls. */
  readonly isOurs: boolean;
}

/**
 * Asks a protected page once, so that only a Worker with the same secret key gives a certain answer: this
 * project's by a status call; any other by a queue token, which gets a session where the key is right and is sent
 * to Queue-it's page on errors where it is not. Nothing is changed, and no redirect is followed.
 */
export async function proveSecretKey(question: SecretKeyQuestion): Promise<SecretKeyProof> {
  const pages = pagesOf(question);
  try {
    return question.isOurs ? await byStatus(pages, question) : await byToken(pages, question);
  } catch (error) {
    return { outcome: "unclear", why: `The site did not answer: ${reasonOf(error)}.` };
  }
}

/** Pages of the Worker with a query: what its routes begin with, and what the configuration's triggers name. */
function pagesOf({ routes, hostnames, configuration }: SecretKeyQuestion): readonly string[] {
  const sampled = sampleRoutes(routes, hostnames).flatMap(({ kind, url }) =>
    kind === "protect" && url !== undefined ? [url] : [],
  );
  const named = (readConfiguration(configuration)?.actions ?? []).flatMap(({ action }) =>
    action.Triggers.flatMap(({ TriggerParts }) => TriggerParts).flatMap(({ ValueToCompare: value }) =>
      typeof value !== "string"
        ? []
        : value.startsWith("/")
          ? hostnames.map((host) => `https://${host}${value}`)
          : [value],
    ),
  );
  return [...new Set([...sampled, ...named])].filter(
    (url) => isPage(url, hostnames) && isProtected(routes, withParameter(url, "x")),
  );
}

function isPage(url: string, hostnames: readonly string[]): boolean {
  const hostname = parsedUrl(url)?.hostname;
  return hostname !== undefined && url.startsWith("http") && hostnames.includes(hostname);
}

async function byStatus(
  [page]: readonly string[],
  { reach, secretKey }: SecretKeyQuestion,
): Promise<SecretKeyProof> {
  if (page === undefined) return NO_PAGE;
  const status = await askStatus(reach, page, secretKey);
  if (typeof status === "string") return { outcome: "unclear", why: `${capital(status)}.` };
  return { outcome: "same", why: `The Worker answered a call signed with it, at ${page}.` };
}

async function byToken(
  pages: readonly string[],
  { reach, secretKey, configuration }: SecretKeyQuestion,
): Promise<SecretKeyProof> {
  const action = actionLookup(configuration, "as-configured");
  const [queueing] = pages.flatMap((url) => {
    const found = action(new URL(url));
    if (typeof found !== "object" || actionEffect(found.type) !== "Queue") return [];
    return found.waitingRoom === undefined ? [] : [{ url, waitingRoom: found.waitingRoom }];
  });
  if (queueing === undefined) return NO_PAGE;
  const { url, waitingRoom } = queueing;
  const token = signQueueToken(
    {
      waitingRoomId: waitingRoom,
      queueId: "queueit-cf-adopt",
      expires: Math.floor(Date.now() / 1000) + 60,
      validity: { kind: "fixed", minutes: 1 },
    },
    secretKey,
  );
  const answer = await reach.get(withParameter(url, `queueittoken=${encodeURIComponent(token)}`));
  return outcomeOf(answer, url);
}

/** Reads the answer as the SDK 5.0.1 gives it: it checks the hash first, then waiting room and time. */
function outcomeOf({ status, location, headers }: Answer, url: string): SecretKeyProof {
  const error = location === null ? undefined : /\/error\/([a-z]+)\//.exec(new URL(location).pathname)?.[1];
  const hasSession = headers.getSetCookie().some((line) => line.startsWith("QueueITAccepted-"));
  if (error === "hash") return { outcome: "different", why: `A token signed with it was refused at ${url}.` };
  if (error === "timestamp") {
    const why = `A token signed with it was taken for an old one at ${url}: the clock of this machine is wrong.`;
    return { outcome: "same", why };
  }
  if (error === undefined && hasSession)
    return { outcome: "same", why: `A token signed with it got a session at ${url}.` };
  return {
    outcome: "unclear",
    why: `${url} answered ${status} to a token, and neither took nor refused it.`,
  };
}

const NO_PAGE: SecretKeyProof = {
  outcome: "not-tried",
  why: "No page is known that is sure to queue and takes a query, which a token comes in.",
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

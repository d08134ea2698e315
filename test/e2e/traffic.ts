import { randomUUID } from "node:crypto";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import type { ConnectorSpec } from "../../infra/specification/specification.ts";
import { type TriedPage, checkSixSteps } from "../../infra/local/preview/six-steps.ts";
import { findTriedPage } from "../../infra/local/preview/find-tried-page.ts";
import { type Answer, Visitor } from "../../infra/local/preview/visitor.ts";
import { signQueueToken } from "../../infra/queue-it/queue-token.ts";
import type { LocalServer } from "../../infra/local/server/local-server.ts";
import { StepFailed } from "./step-failed.ts";

/** A page of the environment that leads to a waiting room. */
export function protectedPage(server: LocalServer, spec: ConnectorSpec): Promise<TriedPage> {
  const [queueIt] = server.queueIts;
  if (queueIt === undefined) throw new Error("There is no local Queue-it.");
  return findTriedPage({
    hostnames: [new URL(spec.publishUrl).hostname],
    routes: spec.routes,
    matching: "as-configured",
    configuration: JSON.parse(queueIt.getConfiguration()) as IntegrationConfiguration,
    localUrl: server.localUrl,
  });
}

/** Walks through the shop as a visitor, by way of the waiting room. */
export async function walkSixSteps(server: LocalServer, spec: ConnectorSpec): Promise<void> {
  for await (const { step, outcome, detail } of checkSixSteps(await protectedPage(server, spec))) {
    if (outcome === "failed") throw new StepFailed(`${step.trim()}: ${detail}`);
  }
}

/** A visitor that comes back from the waiting room with a token signed with this key, and is let in. */
export async function admittedVisitor(target: TriedPage, secretKey: string): Promise<Visitor> {
  const visitor = new Visitor();
  const waitingRoomId = await waitingRoomOf(target);
  const answer = await visitor.get(target.localUrl(withToken(target.pageUrl, waitingRoomId, secretKey)));
  const isBack = answer.headers.get("location") === target.localUrl(target.pageUrl);
  if (isBack && (await isLetIn(visitor, target))) return visitor;
  await visitor.close();
  throw new StepFailed("A visitor with a valid token is not let in.");
}

/** Whether a token signed with this key is refused. */
export async function isTokenRefused(target: TriedPage, secretKey: string): Promise<boolean> {
  const token = withToken(target.pageUrl, await waitingRoomOf(target), secretKey);
  const answer = await once(target.localUrl(token));
  return (answer.headers.get("location") ?? "").includes("/error/");
}

/** Whether the visitor gets the page, through the Worker. */
export async function isLetIn(visitor: Visitor, target: TriedPage): Promise<boolean> {
  const answer = await visitor.get(target.localUrl(target.pageUrl));
  return answer.status === 200 && isThroughWorker(answer);
}

/** Whether a new visitor's request for the page passes the Worker. */
export async function isProtected(target: TriedPage): Promise<boolean> {
  return isThroughWorker(await once(target.localUrl(target.pageUrl)));
}

function isThroughWorker(answer: Answer): boolean {
  return (
    answer.headers.get("x-queueit-connector") !== null && answer.headers.get("x-queueit-failed") === null
  );
}

async function waitingRoomOf({ pageUrl, localUrl }: TriedPage): Promise<string> {
  const location = (await once(localUrl(pageUrl))).headers.get("location");
  const room = location === null ? null : new URL(location).searchParams.get("e");
  if (room === null) throw new StepFailed(`${pageUrl} does not lead to a waiting room.`);
  return room;
}

/** Seconds a token of these steps is valid. */
const TOKEN_LIFETIME_SECONDS = 240;

function withToken(pageUrl: string, waitingRoomId: string, secretKey: string): string {
  const token = signQueueToken(
    {
      waitingRoomId,
      queueId: randomUUID(),
      expires: Math.floor(Date.now() / 1000) + TOKEN_LIFETIME_SECONDS,
      validity: { kind: "extendable" },
    },
    secretKey,
  );
  const url = new URL(pageUrl);
  url.searchParams.set("queueittoken", token);
  return url.href;
}

async function once(url: string): Promise<Answer> {
  const visitor = new Visitor();
  return await visitor.get(url).finally(() => visitor.close());
}

import { actionEffect, actionTypeWords } from "../queue-it/action-effect.ts";
import type { ExplainedAction } from "../plan/routing.ts";
import type { AskedPage } from "./ask-pages.ts";
import { type Check, check, CheckFailed } from "./check.ts";
import { isFromWorker, requireSite, requireWorker } from "./from-worker.ts";
import type { Reach } from "./reach.ts";
import { waitingRoomRedirect } from "./waiting-room-redirect.ts";

/** What pages are held against. */
export interface Expected {
  readonly environment: string;
  /** Name of the Worker that answers what passes; undefined for the origin. */
  readonly chained: string | undefined;
  readonly customerId: string;
  /** Whether the redirect to the waiting room has to carry an enqueue token; undefined where that is not known. */
  readonly enqueueToken: boolean | undefined;
  /** How the owner of the integration configuration brings another one. */
  readonly remedy: string;
  /** The action that KV's configuration has for a page; undefined where that is not known. */
  readonly storedAction: (url: URL) => ExplainedAction | undefined;
}

/** A new visitor of a page is sent to its waiting room, and can come back. */
export function checkProtected(page: AskedPage, expected: Expected): Promise<Check> {
  const { url, hostname: host, answer, takesQuery } = page;
  return check({ name: `${url} sends a new visitor to the waiting room`, host, page: url }, () => {
    if (typeof answer === "string") throw new Error(answer);
    requireWorker(answer, expected);
    const redirect = waitingRoomRedirect(answer);
    if (redirect === undefined) {
      throw new CheckFailed(
        `answered ${answer.status} and let the visitor pass: ${whyPassed(page, expected)}`,
        `add a queue action for this page to the integration configuration, then ${expected.remedy}`,
      );
    }
    requireSame("customer", redirect.customer, expected.customerId, expected);
    if (expected.enqueueToken !== undefined && redirect.hasEnqueueToken !== expected.enqueueToken) {
      const [has, says] = redirect.hasEnqueueToken ? ["has an", "none"] : ["has no", "one"];
      throw new CheckFailed(
        `the redirect ${has} enqueue token, and queueIt.enqueueToken of the environment says ${says}`,
        `deploy, or find out who changed the Worker's variables: npx queueit-cf deploy ${expected.environment}`,
      );
    }
    const action = actionAt(page, expected);
    if (typeof action === "object") {
      if (action.waitingRoom !== undefined)
        requireSame("waiting room", redirect.waitingRoom, action.waitingRoom, expected);
      if (action.queueDomain !== undefined)
        requireSame("host", redirect.host, action.queueDomain.replace(/\/$/, ""), expected);
    }
    if (!takesQuery) {
      throw new CheckFailed(
        `leads to ${redirect.waitingRoom}, but nobody comes back: its route does not match a query string, which ` +
          "carries the queue token, and adding ? and any text gets around the waiting room",
        `end the path with * in "protect" of infra/environments/${expected.environment}.ts, then deploy`,
      );
    }
    return `answered ${answer.status}, to waiting room ${redirect.waitingRoom} at ${redirect.host}`;
  });
}

/** The Worker sees a page and leaves its visitors alone. */
export function checkIgnored(page: AskedPage, expected: Expected): Promise<Check> {
  const { url, hostname: host, answer } = page;
  return check({ name: `${url} leaves visitors alone`, host, page: url }, () => {
    if (typeof answer === "string") throw new Error(answer);
    requireWorker(answer, expected);
    const action = actionAt(page, expected);
    const effect = typeof action === "object" ? actionEffect(action.type) : "Ignore";
    const redirect = waitingRoomRedirect(answer);
    if (redirect !== undefined || effect !== "Ignore") {
      const name = typeof action === "object" ? ` (action ${action.name})` : "";
      throw new CheckFailed(
        redirect === undefined
          ? `answered ${answer.status}, and ends the sessions of visitors${name}`
          : `answered ${answer.status}, to waiting room ${redirect.waitingRoom}${name}`,
        `narrow that action, then ${expected.remedy}; or remove the page from coverage.ignored`,
      );
    }
    return `answered ${answer.status}, by the Worker and without a waiting room`;
  });
}

/** A page never reaches the Worker. */
export function checkBypassed(url: string, reach: Reach, { environment }: Expected): Promise<Check> {
  const { hostname: host } = new URL(url);
  return check({ name: `${url} bypasses the Worker`, host, page: url }, async () => {
    const answer = await reach.get(url);
    if (isFromWorker(answer)) {
      throw new CheckFailed(
        `answered ${answer.status}, by the Worker: the bypass has no effect`,
        `see which route is missing: npx queueit-cf drift ${environment}`,
      );
    }
    requireSite(answer, "look at the site, and whether another Worker has a route there, then verify again");
    return `answered ${answer.status}, not by the Worker`;
  });
}

interface KnownAction {
  readonly type: string;
  readonly name: string;
  readonly waitingRoom: string | undefined;
  readonly queueDomain?: string;
}

/** What the Worker says that it does at a page, or else what KV's configuration has for it. */
function actionAt({ status, url }: AskedPage, { storedAction }: Expected): KnownAction | "none" | undefined {
  return typeof status === "string" ? storedAction(new URL(url)) : (status.action ?? "none");
}

function whyPassed(page: AskedPage, expected: Expected): string {
  const { status } = page;
  const held = typeof status === "string" ? undefined : status.configuration;
  if (held === null) return "the Worker has no integration configuration";
  if (held?.actions === 0) return "no integration configuration with an action is published yet";
  const of = held === undefined ? "" : ` (version ${held.version}, ${held.actions} actions)`;
  const action = actionAt(page, expected);
  if (action === undefined) return "the answer is not a redirect to a waiting room";
  if (action === "none") return `no action of the integration configuration${of} applies there`;
  if (actionEffect(action.type) === "Queue") return `although action ${action.name} applies there`;
  return `its action ${action.name} (${actionTypeWords(action.type)}) does not make anybody queue`;
}

function requireSame(what: string, found: string, wanted: string, { remedy, environment }: Expected): void {
  if (found.toLowerCase() === wanted.toLowerCase()) return;
  throw new CheckFailed(
    `the redirect has the ${what} ${found}, and not ${wanted}`,
    what === "customer"
      ? `fix queueIt.customerId in infra/environments/${environment}.ts and deploy, or find out who ` +
          "deployed another one"
      : `wait a minute, since isolates look at KV once a minute, and verify again; if it stays, ${remedy}`,
  );
}

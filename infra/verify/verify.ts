import type { WorkerStatus } from "../../worker/status/status-protocol.ts";
import type { Target } from "../specification/target.ts";
import { settled } from "../environments/definition/settled.ts";
import { actionEffect } from "../queue-it/action-effect.ts";
import { type Check, check, CheckFailed, reasonOf, skipped } from "./check.ts";
import { askStatus, statusProblem } from "./deployed-status.ts";
import { expectedStatus } from "./expected-status.ts";
import type { Reach } from "./reach.ts";
import { checkRoute } from "./route-checks.ts";
import { sampleRoutes } from "./sample-urls.ts";
import { statusPages } from "./status-pages.ts";
import { checkVisitors, type QueueingPage } from "./visitor-checks.ts";

export interface VerifyOptions {
  readonly target: Target;
  readonly reach: Reach;
  readonly secretKey: string;
  /** SHA-256 of the bundle that has to run; undefined where nobody knows. */
  readonly bundle: string | undefined;
}

/** A page and what the Worker there says of itself, or why it says nothing. */
interface AskedPage {
  readonly url: string;
  readonly status: WorkerStatus | string;
}

/** Tries a deployed environment with real requests, and yields what came out. It changes nothing. */
export async function* verify(options: VerifyOptions): AsyncGenerator<Check> {
  const { target, reach, secretKey } = options;
  const { spec, named } = target;
  const { sites, queueIt, worker } = settled(named);
  const hostnames = sites.map(({ hostname }) => hostname);
  for (const route of sampleRoutes(spec.routes, hostnames)) yield await checkRoute(reach, route);

  if (worker.source === "file") {
    yield skipped(
      "bundle, configuration and visitors",
      "this environment's Worker file has no status answer",
    );
    return;
  }
  const asked: AskedPage[] = [];
  for (const url of statusPages(target)) {
    asked.push({ url, status: await askStatus(reach, url, secretKey).catch(reasonOf) });
  }
  for (const hostname of hostnames) yield await checkStatus(hostname, asked, options);
  const checks = { reach, secretKey, customerId: queueIt.customerId };
  yield* checkVisitors(
    checks,
    asked.flatMap(queueingPage)[0],
    asked.map(({ url }) => url),
  );
}

async function checkStatus(
  hostname: string,
  asked: readonly AskedPage[],
  { target, bundle }: VerifyOptions,
): Promise<Check> {
  const name = `bundle and integration configuration at ${hostname}`;
  const page = asked.find(({ url }) => new URL(url).hostname === hostname);
  if (page === undefined) return skipped(name, "no protected page is known that takes a query string");
  return check(name, () => {
    const { status } = page;
    const problem =
      typeof status === "string" ? status : statusProblem(status, expectedStatus(target, bundle));
    if (problem !== undefined || typeof status === "string") throw new CheckFailed(problem ?? "");
    return statusDetail(status);
  });
}

function statusDetail({ bundle, configuration }: WorkerStatus): string {
  const { version = 0, actions = 0 } = configuration ?? {};
  const note = actions === 0 ? ": nothing is published yet, so nobody queues" : "";
  return `bundle ${bundle?.slice(0, 12) ?? "(not known)"}, configuration version ${version} with ${actions} actions${note}`;
}

function queueingPage({ url, status }: AskedPage): readonly QueueingPage[] {
  if (typeof status === "string" || status.action === null) return [];
  if (actionEffect(status.action.type) !== "Queue") return [];
  return [{ url, ...status.action }];
}

import pRetry from "p-retry";
import type { SeenConnector } from "../account/read-switches.ts";
import type { FailureMode } from "../specification/switches.ts";
import { reasonOf } from "../verify/check.ts";
import { askStatus } from "../verify/deployed-status.ts";
import type { Reach } from "../verify/reach.ts";
import { sampleRoutes } from "../verify/sample-urls.ts";
import { withParameter } from "../verify/with-parameter.ts";
import { readRoutes, winnerOf } from "../cloudflare/route-table.ts";
import { hostsOf, leadingRoutes, type SwitchPlace } from "./place.ts";
import type { Proved } from "./prove.ts";

export interface ProveFailureOptions {
  readonly place: SwitchPlace;
  readonly seen: SeenConnector;
  readonly mode: FailureMode;
  readonly secretKey: string;
  readonly reach: Reach;
  /** Milliseconds until it is given up. Cloudflare spreads a version in seconds. */
  readonly patienceMs: number;
}

/** Asks the Worker at a page of each host, by a signed status call, how it fails. */
export async function proveFailure(options: ProveFailureOptions): Promise<readonly Proved[]> {
  const { place, seen } = options;
  const leading = leadingRoutes(seen, place);
  const candidates = seen.routes.map(({ pattern, zoneId }) => ({
    kind: "protect" as const,
    pattern,
    zone: { id: zoneId },
  }));
  const samples = sampleRoutes(candidates, place.environment?.hostnames ?? []);
  const read = readRoutes(seen.routes);
  const takesQuery = (url: string) =>
    winnerOf(read, new URL(withParameter(url, "x")))?.route.script === place.worker;
  return Promise.all(
    hostsOf(leading).map(async (host): Promise<Proved> => {
      const own = new Set(leading.map(({ pattern }) => pattern));
      const url = samples.find(
        (sample) =>
          own.has(sample.pattern) &&
          hostsOf([sample]).includes(host) &&
          sample.url !== undefined &&
          takesQuery(sample.url),
      )?.url;
      if (url === undefined) {
        const detail = "no address is known whose route takes a query string, which a status call needs";
        return { pattern: host, url, outcome: "unknown", detail };
      }
      return { pattern: host, url, ...(await untilSaid(url, options)) };
    }),
  );
}

async function untilSaid(
  url: string,
  { reach, secretKey, mode, patienceMs }: ProveFailureOptions,
): Promise<Pick<Proved, "outcome" | "detail">> {
  let last: Pick<Proved, "outcome" | "detail"> = { outcome: "unknown", detail: "not asked" };
  await pRetry(
    async () => {
      const status = await askStatus(reach, url, secretKey).catch(reasonOf);
      last =
        typeof status === "string"
          ? { outcome: "unknown", detail: status }
          : {
              outcome: status.failure === mode ? "proved" : "otherwise",
              detail: `the Worker says that it fails ${status.failure}`,
            };
      if (last.outcome !== "proved") throw new Error("not yet");
    },
    { retries: 1000, minTimeout: 100, maxTimeout: 2000, factor: 2, maxRetryTime: patienceMs },
  ).catch(() => undefined);
  return last;
}

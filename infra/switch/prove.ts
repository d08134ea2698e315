import pRetry from "p-retry";
import type { PlacedRoute } from "../account/placed-routes.ts";
import { inOrder } from "../verify/in-order.ts";
import { isFromWorker } from "../verify/from-worker.ts";
import { reasonOf } from "../verify/check.ts";
import type { Reach } from "../verify/reach.ts";
import { patternOf } from "../cloudflare/route-pattern.ts";
import { sampleRoutes } from "../verify/sample-urls.ts";

/** Requests to the sites that are under way at a time: the site of a shop should not notice. */
const AT_ONCE = 8;
/** So often a site that does not answer is asked: whoever is in a hurry waits for no time-outs. */
const MOST_SILENT = 3;

/** What real requests said of a route, or why none did. */
export interface Proved {
  readonly pattern: string;
  /** Address that was asked; undefined where none is known that this route gets. */
  readonly url: string | undefined;
  /** `proved`: it answers as it has to; `otherwise`: it does not; `unknown`: nobody knows. */
  readonly outcome: "proved" | "otherwise" | "unknown";
  /** What came back. */
  readonly detail: string;
}

export interface ProveOptions {
  /** Patterns that were switched. */
  readonly patterns: readonly string[];
  /** Every route of the zones, by which it is known which of them gets an address. */
  readonly routes: readonly PlacedRoute[];
  /** Hosts that are known to be there, for patterns whose host begins with *. */
  readonly hostnames: readonly string[];
  readonly reach: Pick<Reach, "get">;
  /** Who has to answer: the connector, or the site without it. */
  readonly wanted: "connector" | "site";
  /** Milliseconds until it is given up. Cloudflare spreads a route in seconds. */
  readonly patienceMs: number;
}

/** Asks an address of each route that was switched, until it answers as it has to. */
export async function prove(options: ProveOptions): Promise<readonly Proved[]> {
  const { patterns, routes, hostnames } = options;
  // Which route gets an address does not depend on where the route leads.
  const candidates = routes.map(({ pattern, zoneId }) => ({
    kind: "protect" as const,
    pattern,
    zone: { id: zoneId },
  }));
  const sampled = new Map(sampleRoutes(candidates, hostnames).map(({ pattern, url }) => [pattern, url]));
  // As Cloudflare has it, which may be another spelling: a route that is not asked must not count as proved.
  const samples = patterns.map((pattern) => ({
    pattern,
    url: sampled.get(patternOf(pattern)?.text ?? pattern),
  }));
  const proved: Proved[] = [];
  for await (const one of inOrder(samples, AT_ONCE, async ({ pattern, url }): Promise<Proved> => {
    if (url !== undefined) return { pattern, url, ...(await untilAnswered(url, options)) };
    return { pattern, url, outcome: "unknown", detail: "no address is known that this route gets" };
  }))
    proved.push(one);
  return proved;
}

async function untilAnswered(
  url: string,
  { reach, wanted, patienceMs }: ProveOptions,
): Promise<Pick<Proved, "outcome" | "detail">> {
  let last: Pick<Proved, "outcome" | "detail"> = { outcome: "unknown", detail: "not asked" };
  let silent = 0;
  await pRetry(
    async () => {
      try {
        const answer = await reach.get(url);
        const who = isFromWorker(answer) ? "connector" : "site";
        const failed = answer.headers.get("x-queueit-failed") !== null;
        const by =
          who === "site"
            ? "without the connector"
            : failed
              ? "by a connector that failed"
              : "by the connector";
        const isProved = who === wanted && !(wanted === "connector" && failed);
        last = { outcome: isProved ? "proved" : "otherwise", detail: `answered ${answer.status} ${by}` };
      } catch (error) {
        silent += 1;
        last = { outcome: "unknown", detail: `did not answer: ${reasonOf(error)}` };
      }
      if (last.outcome !== "proved") throw new Error("not yet");
    },
    {
      retries: 1000,
      minTimeout: 100,
      maxTimeout: 2000,
      factor: 2,
      maxRetryTime: patienceMs,
      shouldRetry: () => silent < MOST_SILENT,
    },
  ).catch(() => undefined);
  return last;
}

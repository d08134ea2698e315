import type { Target } from "../specification/target.ts";
import { reasonOf } from "./check.ts";
import { isFromWorker } from "./from-worker.ts";
import type { Reach } from "./reach.ts";
import { sampleRoutes } from "./sample-urls.ts";

/** Whether a connector answers for a target already. */
export interface FoundConnector {
  /** Address of a page that a connector answers for, ours or the vendor's; undefined where none is known to. */
  readonly answersAt: string | undefined;
  /** Pages that did not answer, each with why: what answers there is not known. */
  readonly silent: readonly string[];
}

/** Looks for a connector at the pages of a target, ours or the vendor's. */
export async function findConnector({ spec, named }: Target, reach: Reach): Promise<FoundConnector> {
  const hostnames = named.environment.sites.map(({ hostname }) => hostname);
  const silent: string[] = [];
  for (const { kind, url } of sampleRoutes(spec.routes, hostnames)) {
    if (kind === "bypass" || url === undefined) continue;
    // A site that is not there yet is no reason to stop.
    const answer = await reach.get(url).catch(reasonOf);
    if (typeof answer === "string") silent.push(`${url} (${answer})`);
    else if (isFromWorker(answer)) return { answersAt: url, silent };
  }
  return { answersAt: undefined, silent };
}

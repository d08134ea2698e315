import { settled } from "../environments/definition/settled.ts";
import { bypassParts } from "../environments/definition/site-patterns.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import type { ReviewContext } from "./context.ts";

/** What an environment adds to the review of its plan. */
export function environmentContext(named: NamedEnvironment): ReviewContext {
  const { workerName, integrationConfiguration, coverage, sites, freeze } = settled(named);
  return {
    environment: named.name,
    workerName,
    owner: integrationConfiguration.owner,
    coverage,
    freeze,
    bypassWorkers: sites.flatMap(({ bypass }) => bypass.flatMap((entry) => bypassParts(entry).worker ?? [])),
  };
}

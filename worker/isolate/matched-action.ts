import type { CompiledConfiguration, MatchedAction } from "./compiled.ts";
import type { Settings } from "../deployment/settings.ts";
import { strictestMatch } from "./strictest-match.ts";
import type { Visit } from "../visitor/visit.ts";

/** The action that counts for a request, by the matching that the deployment asks for. */
export function matchedAction(
  configuration: CompiledConfiguration,
  visit: Visit,
  { matching }: Pick<Settings, "matching">,
): MatchedAction | undefined {
  return matching === "normalized" ? strictestMatch(configuration, visit) : configuration.match(visit);
}

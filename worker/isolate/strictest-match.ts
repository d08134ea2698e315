import type { CompiledConfiguration, MatchedAction } from "./compiled.ts";
import { urlReadings } from "../matching/url-readings.ts";
import type { Visit } from "../visitor/visit.ts";

/**
 * The action for a request whose URL is matched in every way in which a server may read it, each time as the
 * SDK does it: the first queue action that is found, or else a cancel action, or else what the SDK finds for
 * the URL as it came.
 *
 * A request that a queue action gets as it came therefore always gets a queue action, and an ignore action
 * counts only where no reading leads to another one. What a visitor writes differently can add to the queue,
 * never take from it.
 */
export function strictestMatch(
  configuration: CompiledConfiguration,
  visit: Visit,
): MatchedAction | undefined {
  const asItCame = configuration.match(visit);
  let cancel: MatchedAction | undefined;
  for (const url of urlReadings(visit.url.whole.value)) {
    const reading = visit.at(url);
    const found = reading === visit ? asItCame : configuration.match(reading);
    const type = found?.action.ActionType;
    if (type === "Queue") return found;
    if (type === "Cancel") cancel ??= found;
  }
  return cancel ?? asItCame;
}

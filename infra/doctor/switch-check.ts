import type { SeenConnector } from "../account/read-switches.ts";
import { failureWords, siteWords, switchOnRemedy } from "../specification/switch-words.ts";
import { type Finding, findingsOf } from "./finding.ts";

/** Whether anything is switched off, which changes what everything else means. */
export function checkSwitch(environment: string, { switches }: SeenConnector): readonly Finding[] {
  const { ok, problem } = findingsOf("switch");
  const { sites, failure } = switches;
  const found = [
    ...sites.map((site) =>
      problem(siteWords(site), `when the reason is gone: ${switchOnRemedy(environment)}`),
    ),
    ...(failure === undefined
      ? []
      : [
          problem(
            failureWords(failure),
            `when the reason is gone: npx queueit-cf switch failure ${failure.was} ${environment}`,
          ),
        ]),
  ];
  return found.length === 0 ? [ok("nothing is switched off")] : found;
}

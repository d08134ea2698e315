import type { ConnectorSpec } from "../../specification/specification.ts";
import { interruptedWords, switchOnRemedy, timeWords } from "../../specification/switch-words.ts";
import { knownSwitches, type Switched } from "../../specification/switches.ts";
import { TYPES } from "../deployment.ts";
import { type Sentence, sentence } from "../sentence.ts";
import type { Finding } from "./finding.ts";

/** What somebody switched: not as it is to stay, and no deploy undoes it. */
export function switchFindings({
  switches,
  environment,
}: Pick<ConnectorSpec, "switches" | "environment">): readonly Finding[] {
  const { sites, failure } = knownSwitches(switches);
  return [
    ...sites.map((site) => ({
      ...switched(site, sentence`${site.host} is switched off`, [interruptedWords(site)]),
      type: TYPES.route,
      address: `switch ${site.host}`,
      remedy: `when the reason is gone: ${switchOnRemedy(environment)}; a deploy leaves it as it is`,
    })),
    ...(failure === undefined
      ? []
      : [
          {
            ...switched(failure, sentence`The failure mode is switched to ${failure.mode}`, []),
            type: TYPES.script,
            address: "switch failure",
            remedy: `when the reason is gone: npx queueit-cf switch failure ${failure.was} ${environment}; a deploy leaves it as it is`,
          },
        ]),
  ];
}

function switched({ since, by, reason }: Switched, what: Sentence, more: Sentence) {
  const when = sentence` since ${timeWords(since)} by ${by} because: ${reason}`;
  return {
    ...{ kind: "drift" as const, effect: "drift" as const, cause: "switched" as const },
    sentence: [...what, ...when, ...more],
    details: [],
  };
}

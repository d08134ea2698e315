import { interruptedWords, switchOnRemedy, timeWords } from "../../specification/switch-words.ts";
import type { SwitchedFailure, SwitchedSite } from "../../specification/switches.ts";
import { sentence } from "../sentence.ts";
import type { Risk, RiskRule } from "./risk.ts";

/** What somebody switched, which no plan turns back: first of all, whoever reads a plan has to know it. */
export const switched: RiskRule = ({ context: { switches, environment = "<environment>" } }) => {
  if (switches === undefined) return [];
  if (typeof switches === "string") return [notKnown(switches)];
  const { sites, failure } = switches;
  return [
    ...sites.map((site) => siteOff(site, environment)),
    ...(failure === undefined ? [] : [failureSwitched(failure, environment)]),
  ];
};

function siteOff(site: SwitchedSite, environment: string): Risk {
  const { host, since, by, reason } = site;
  return {
    rule: "switched-off",
    level: "high",
    title: [
      ...sentence`${host} is switched off since ${timeWords(since)} by ${by} because: ${reason}`,
      interruptedWords(site),
    ],
    explanation:
      "Its visitors reach the site without a waiting room. This plan does not switch it on, and a protected route that is " +
      "new on this host begins switched off, too.",
    remedy: `When the reason is gone: ${switchOnRemedy(environment)}`,
  };
}

function failureSwitched({ mode, was, since, by, reason }: SwitchedFailure, environment: string): Risk {
  return {
    rule: "failure-switched",
    level: "medium",
    title: sentence`The failure mode is switched to ${mode} since ${timeWords(since)} by ${by} because: ${reason}`,
    explanation: `It was ${was} before. This plan leaves it as it was switched, whatever the environment's file says.`,
    remedy: `When the reason is gone: npx queueit-cf switch failure ${was} ${environment}`,
  };
}

function notKnown(why: string): Risk {
  return {
    rule: "switch-unknown",
    level: "medium",
    title: ["Not tried: whether a site of it is switched off"],
    explanation: `The note of the switch was not read: ${why} If one is off, applying this plan may switch it on.`,
    remedy:
      "Set CLOUDFLARE_API_TOKEN to a token that may read Workers, KV and the routes of the zones, then plan again.",
  };
}

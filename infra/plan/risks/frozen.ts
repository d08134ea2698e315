import { freezeAt } from "../freeze.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** Something would change at a time in which nothing is to. */
export const frozen: RiskRule = ({ changes, context: { freeze = [], now } }) => {
  const window = now === undefined ? undefined : freezeAt(freeze, now);
  const changesNothing = changes.every(({ effect }) => effect === "drift" || effect === "untouched");
  if (window === undefined || changesNothing) return [];
  return [
    {
      rule: "frozen",
      level: "high",
      title: sentence`Nothing is to be deployed from ${window.from} until ${window.until}: ${window.why}`,
      explanation: "The environment says so under freeze. A deploy in that time is refused.",
      remedy: "Wait until it is over. If it cannot wait, deploy with --despite-freeze and why.",
    },
  ];
};

import { percent } from "../../../../text/figures.ts";
import type { FixRule } from "./fix-rule.ts";

/** From this share of all requests on, attackers are worth a rule before the Worker. */
const WORTH_IT = 0.2;

/** Attackers who are paid for as invocations. */
export const attackers: FixRule = ({ kinds }) => {
  const own = kinds.find(({ kind }) => kind === "attacker")?.requests ?? 0;
  const all = kinds.reduce((sum, { requests }) => sum + requests, 0);
  if (own <= all * WORTH_IT) return [];
  return [
    {
      rule: "attackers",
      level: "medium",
      title: `${percent(own, all)} of the requests were attackers’`,
      explanation: "The Worker keeps them out, but each request of theirs is an invocation that is paid for.",
      remedy:
        "Put WAF rate limiting or Bot Management rules before the Worker for the protected pages, and keep Queue-it's " +
        "own bot protection on in the waiting room.",
    },
  ];
};

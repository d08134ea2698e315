import { figure, percent } from "../../../../text/figures.ts";
import { trafficOf } from "../traffic.ts";
import { triedIn } from "../tried.ts";
import type { FixRule } from "./fix-rule.ts";

const MANY = 0.01;

/** A site that does not take what the waiting room lets in. */
export const siteErrors: FixRule = (rehearsal) => {
  const own = rehearsal.requests.siteErrors;
  const { requests } = trafficOf(rehearsal);
  // A site that the scenario took down is no finding.
  if (own <= requests * MANY || triedIn(rehearsal).happened("origin")) return [];
  return [
    {
      rule: "site-errors",
      level: "medium",
      title: `${percent(own, requests)} of the answers were errors of the site`,
      explanation: "The waiting room lets in more than the site takes, or a page of it is broken.",
      remedy: `Lower the outflow of ${figure(rehearsal.scenario.outflow)} a minute, and load-test the site by itself.`,
    },
  ];
};

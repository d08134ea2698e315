import { chainedWorkerIn } from "../deployment.ts";
import { ownerOf, type RouteConflict, routeConflicts } from "../route-conflicts.ts";
import { sentence } from "../sentence.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import type { Facts, Risk, RiskRule } from "./risk.ts";
import { ownPath } from "../../text/own-path.ts";

/**
 * Routes in the zones that are not in Terraform's state: the same pattern stops the deploy halfway, a more specific one
 * takes pages from the waiting room, and ours may take pages from somebody else's Worker.
 */
export const routesOfOthers: RiskRule = (facts) => {
  const { zoneRoutes } = facts.context;
  if (zoneRoutes === undefined || facts.after.routes.length === 0) return [];
  if (typeof zoneRoutes === "string") return [notRead(zoneRoutes)];
  const known = new Set(facts.before.routes.flatMap(({ pattern }) => patternOf(pattern)?.text ?? []));
  const textOf = (pattern: string | undefined) => patternOf(pattern)?.text ?? "";
  const own = facts.after.routes.map(({ kind, pattern }) => ({
    kind,
    pattern,
    isThere: known.has(textOf(pattern)),
  }));
  const others = zoneRoutes.filter(({ pattern }) => !known.has(textOf(pattern)));
  const isOurs = ({ owner }: RouteConflict) => owner !== undefined && owner === workerOf(facts);
  const chained = facts.after.workers.map(chainedWorkerIn).filter((name) => name !== undefined);
  return routeConflicts(own, others)
    .filter((conflict) => conflict.kind === "exists" || !isOurs(conflict))
    .map((conflict) => {
      const risk = riskOf(conflict, isOurs(conflict));
      const isChained = conflict.kind === "exists" && chained.includes(conflict.owner ?? "");
      return isChained ? { ...risk, remedy: TAKE_OVER } : risk;
    });
};

const TAKE_OVER =
  "It is the route of the Worker that is to be chained: do not delete it, but take it over with adopted.routes of the " +
  `environment (${ownPath("docs/chaining.md")}), so that the site is never without a Worker.`;

function workerOf({ context: { workerName }, after }: Facts): string | undefined {
  return workerName ?? after.workers[0]?.name;
}

function riskOf(conflict: RouteConflict, isOurs: boolean): Risk {
  const { kind, ours, theirs } = conflict;
  const owner = ownerOf(conflict);
  switch (kind) {
    case "exists":
      return {
        rule: "route-exists",
        level: "high",
        title: sentence`The route ${ours} exists already and goes to ${owner}`,
        explanation: isOurs
          ? "Terraform's state does not know it. Cloudflare refuses a second route with the same pattern (code " +
            "10020): the deploy stops halfway."
          : "Cloudflare refuses a second route with the same pattern (code 10020): the deploy stops halfway. " +
            "Deleting that route would take the site from its owner.",
        remedy: isOurs
          ? "Import it before you deploy; a deploy that was refused prints the commands."
          : "Ask the owner. Delete that route, or protect another pattern.",
      };
    case "takes-from-us":
      return {
        rule: "route-of-another",
        level: "high",
        title: sentence`${theirs} goes to ${owner} and takes pages from the protected ${ours}`,
        explanation: "Its pattern is more specific: those pages are answered without the waiting room.",
        remedy:
          "Ask the owner. Delete that route, or protect its pattern too; for two Workers on one page, name the other one " +
          "in worker.then of the environment, or in a bypass where nobody has to queue.",
      };
    case "takes-from-them":
      return {
        rule: "route-takes-pages",
        level: "medium",
        title: sentence`${ours} takes pages from ${owner}, which answers ${theirs}`,
        explanation: "Our pattern is more specific: on those pages, that Worker does not run any more.",
        remedy: "Ask the owner whether these pages can do without it, or protect fewer paths.",
      };
  }
}

function notRead(why: string): Risk {
  return {
    rule: "routes-not-read",
    level: "low",
    title: ["Not tried: whether routes of other Workers are in the way"],
    explanation: `The routes of the zones were not read: ${why}`,
    remedy:
      "Set CLOUDFLARE_API_TOKEN to a token that may read them (Zone · Workers Routes · Read), then plan again.",
  };
}

import type { PlannedResource } from "../plan.ts";
import type { Risk, RiskRule } from "./risk.ts";

/** With fewer objects, "everything" says nothing. */
const SEVERAL = 3;

/** All that is deployed goes away or is made anew; or all is new, where something should have been. */
export const everythingReplaced: RiskRule = ({ plan }) => {
  const managed = plan.resources.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined);
  const existing = managed.filter(({ before }) => before !== undefined);
  if (existing.length === 0) return managed.length >= SEVERAL ? [nothingThere()] : [];
  if (existing.length < SEVERAL || !existing.every(isGone)) return [];
  const isReplaced =
    existing.some(({ operation }) => operation === "replace") || managed.length > existing.length;
  return [isReplaced ? replaced() : destroyed()];
};

function isGone({ operation }: PlannedResource): boolean {
  return operation === "delete" || operation === "replace";
}

function replaced(): Risk {
  return {
    rule: "everything-replaced",
    level: "high",
    title: ["Everything is replaced"],
    explanation:
      "Every object is deleted and made anew: no protection in between, and the configuration is lost.",
    remedy: "Look for a changed account, a renamed stack or another provider before anything else.",
  };
}

function destroyed(): Risk {
  return {
    rule: "everything-destroyed",
    level: "high",
    title: ["Everything is destroyed"],
    explanation: "The connector goes away: every page is answered without the waiting room.",
    remedy: "Apply it only if this environment is to be given up.",
  };
}

/** A plan does not say where its state is; that there is none is what a changed backend looks like. */
function nothingThere(): Risk {
  return {
    rule: "no-earlier-state",
    level: "low",
    title: ["Nothing was deployed before, as far as Terraform's state knows"],
    explanation:
      "That is right for a first deploy. Otherwise the state is elsewhere: the backend was changed.",
    remedy: "If the environment runs already, check its backend and the credentials of the state.",
  };
}

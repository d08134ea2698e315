import type { PlannedResource } from "../plan.ts";
import { sentence } from "../sentence.ts";
import type { Risk, RiskRule } from "./risk.ts";

/** With fewer objects, "everything" says nothing. */
const SEVERAL = 3;

/** All that is deployed goes away or is made anew; or all is new, where something should have been. */
export const everythingReplaced: RiskRule = ({ plan, context }) => {
  const managed = plan.resources.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined);
  const existing = managed.filter(({ before }) => before !== undefined);
  if (existing.length === 0) {
    if (managed.length < SEVERAL) return [];
    const { connectorAnswersAt, silentPages = [] } = context;
    return [
      connectorAnswersAt === undefined ? nothingThere(silentPages) : stateElsewhere(connectorAnswersAt),
    ];
  }
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

/** Something is deployed that the state does not know. */
function stateElsewhere(url: string): Risk {
  return {
    rule: "state-elsewhere",
    level: "high",
    title: ["The state is empty, but a connector answers already at ", ...sentence`${url}`],
    explanation:
      "The state backend was changed, or the connector was set up by hand. Applying this makes everything a second time: " +
      "routes that exist are refused, and the deploy stops half-way.",
    remedy:
      "Bring the old state along (terraform init -migrate-state), correct the environment's backend, or import what " +
      "exists.",
  };
}

/** A plan does not say where its state is; that there is none is what a changed backend looks like. */
function nothingThere(silentPages: readonly string[]): Risk {
  return {
    rule: "no-earlier-state",
    level: "low",
    title: ["Nothing was deployed before, as far as Terraform's state knows"],
    explanation:
      "That is right for a first deploy. Otherwise the state is elsewhere: the backend was changed." +
      (silentPages.length === 0
        ? ""
        : ` Whether a connector answers already is not known, since these did not: ${silentPages.join(", ")}.`),
    remedy: "If the environment runs already, check its backend and the credentials of the state.",
  };
}

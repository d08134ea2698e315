import { sentence } from "../sentence.ts";
import type { Risk, RiskRule } from "./risk.ts";

/**
 * A plan that is not all there: Terraform stopped at an error, put changes off, or says more than is read
 * here.
 */
export const incompletePlan: RiskRule = ({ plan: { errored, complete, unknownParts } }) => [
  ...(errored ? [stopped()] : complete ? [] : [putOff()]),
  ...(unknownParts.length === 0 ? [] : [notRead(unknownParts)]),
];

function stopped(): Risk {
  return {
    rule: "plan-errored",
    level: "high",
    title: ["The plan stopped at an error"],
    explanation: "What is listed is incomplete: Terraform refuses to apply it.",
    remedy: "Read Terraform's own message, fix the cause, and plan again.",
  };
}

function putOff(): Risk {
  return {
    rule: "plan-incomplete",
    level: "medium",
    title: ["The plan defers changes"],
    explanation: "Another plan is needed after this one, and what it will change is not known yet.",
    remedy: "Report that plan too before it is applied.",
  };
}

function notRead(parts: readonly string[]): Risk {
  return {
    rule: "plan-parts-unknown",
    level: "medium",
    title: sentence`The plan has parts that this report does not know: ${parts.join(", ")}`,
    explanation: "A newer Terraform may do more during the apply than is listed here.",
    remedy: "Update queueit-cf, or read Terraform's own plan before it is applied.",
  };
}

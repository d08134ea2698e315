import { checkConfiguration } from "../../../worker/configuration/check.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";
import type { ConfigurationWarning } from "../../queue-it/warning.ts";
import type { Deployment } from "../deployment.ts";
import type { Risk, RiskRule } from "./risk.ts";

/**
 * What a new integration configuration, or another matching of it, probably does not do as it is meant. What
 * was there before the plan is no risk of the plan.
 */
export const doubtfulConfiguration: RiskRule = ({ before, after }) => {
  const known = new Set(warningsOf(before).map(({ what }) => what));
  return warningsOf(after)
    .filter(({ what }) => !known.has(what))
    .map(({ code, what, remedy }): Risk => {
      const isSpelling = code === "path-spelling" || code === "host-spelling" || code === "address-spelling";
      return {
        rule: "doubtful-configuration",
        level: isSpelling ? "low" : "high",
        title: [
          isSpelling
            ? "A page of the integration configuration can be requested by an address that does not queue"
            : "Something in the integration configuration does not do what it says",
        ],
        explanation: `${what}.`,
        remedy: `${remedy.slice(0, 1).toUpperCase()}${remedy.slice(1)}${remedy.endsWith("?") ? "" : "."}`,
      };
    });
};

function warningsOf({ configuration, matching }: Deployment): readonly ConfigurationWarning[] {
  if (configuration === undefined) return [];
  try {
    const check = checkConfiguration(JSON.parse(configuration));
    return check.ok ? configurationWarnings(check.configuration, matching) : [];
  } catch {
    // Not JSON: the change says that it is unreadable.
    return [];
  }
}

import { TYPES } from "../deployment.ts";
import type { PlannedResource } from "../plan.ts";
import { sentence } from "../sentence.ts";
import type { Risk, RiskRule } from "./risk.ts";

/** Objects whose meaning for visitors is known here, by the provider that has to make them. */
const CLOUDFLARE = /^[^/]+\/cloudflare\/cloudflare$/;
const PROVIDERS: ReadonlyMap<string, RegExp> = new Map([
  ...Object.values(TYPES).map((type): [string, RegExp] => [type, CLOUDFLARE]),
  // Holds values in the state, and does nothing outside of it.
  ["terraform_data", /^terraform\.io\/builtin\/terraform$/],
]);

/**
 * A change of an object that this report knows only by its attributes: visitors may notice it all the same.
 */
export const unknownObject: RiskRule = ({ plan }) =>
  plan.resources.filter(isChanged).flatMap((resource): readonly Risk[] => {
    const { address, type, provider } = resource;
    const expected = PROVIDERS.get(type);
    if (expected === undefined) {
      return [
        {
          rule: "unknown-object",
          level: "medium",
          title: sentence`${address} is of a type that this report does not know, ${type}`,
          explanation:
            "This report does not say what its change means for visitors: it only lists its attributes.",
          remedy:
            "Read Terraform's own plan for it, or keep what is not part of the connector in another stack.",
        },
      ];
    }
    if (expected.test(provider ?? "")) return [];
    return [
      {
        rule: "foreign-provider",
        level: "high",
        title: sentence`${address} is managed by another provider, ${provider ?? "one that is not named"}`,
        explanation:
          "The report treats it as an object of the usual provider, but it may do something else entirely.",
        remedy: "Look at the provider's source in the configuration and in .terraform.lock.hcl.",
      },
    ];
  });

function isChanged({ mode, operation, importedId }: PlannedResource): boolean {
  return mode === "managed" && (operation !== "no-op" || importedId !== undefined);
}

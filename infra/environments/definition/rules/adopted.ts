import { patternOf } from "../../../cloudflare/route-pattern.ts";
import { errorAt } from "../problem.ts";
import { placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

/** What is to be taken over belongs to the environment: anything else would stay out of Terraform unseen. */
export const adopted: Rule = (draft) => {
  const { namespaceId, configuration, routes = [] } = draft.adopted ?? {};
  const patterns = new Set(placedPatterns(draft).map(({ pattern }) => pattern.text));
  return [
    ...routes.flatMap(({ pattern }, index) =>
      patterns.has(patternOf(pattern)?.text ?? "")
        ? []
        : [
            errorAt(
              `adopted.routes[${index}].pattern`,
              "adopted-route-unknown",
              pattern,
              "is not a route of this environment",
              "add it to protect or bypass of its site, or take it out of adopted",
            ),
          ],
    ),
    ...(configuration === true && namespaceId === undefined && !draft.faulty.has("adopted")
      ? [
          errorAt(
            "adopted.configuration",
            "adopted-namespace-missing",
            "true",
            "is the configuration of a namespace that is not taken over",
            "write namespaceId beside it",
          ),
        ]
      : []),
  ];
};

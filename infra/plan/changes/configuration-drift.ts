import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { textOf } from "../value.ts";
import type { DriftCause } from "./change.ts";
import { diffConfigurations, readConfiguration } from "./configuration-diff.ts";

/** What became of the integration configuration since it was deployed. */
export function configurationDrift(
  { before, after }: PlannedResource,
  owner: string | undefined,
): { readonly cause: DriftCause; readonly sentence: Sentence; readonly details: readonly Sentence[] } {
  const [was, is] = [before, after].map((values) => readConfiguration(textOf(values?.["value"])));
  const versions = `version ${was?.version ?? "unknown"} → ${is?.version ?? "unknown"}`;
  // Queue-it's versions rise, from the seed's on, which has no action: anything else was written by hand.
  const isNewer =
    is !== undefined &&
    (was === undefined ||
      is.version > was.version ||
      (is.version === was.version && was.actions.length === 0));
  if (owner !== "file" && isNewer) {
    return {
      cause: "published",
      sentence: [`Integration configuration published since the last apply: ${versions}`],
      details: [],
    };
  }
  return {
    cause: "edited",
    sentence: sentence`Integration configuration edited outside Terraform and Queue-it: ${versions}`,
    details:
      is === undefined ? [["The Worker takes no such configuration"]] : diffConfigurations(was, is).lines,
  };
}

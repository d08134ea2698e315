import type { PlannedResource } from "../plan.ts";
import type { Sentence } from "../sentence.ts";
import { textOf } from "../value.ts";
import type { DriftCause } from "./change.ts";
import { diffConfigurations, readConfiguration, versionsOf } from "./configuration-diff.ts";

/** What became of the integration configuration since it was deployed. */
export function configurationDrift(
  { before, after }: PlannedResource,
  owner: string | undefined,
): { readonly cause: DriftCause; readonly sentence: Sentence; readonly details: readonly Sentence[] } {
  const [was, is] = [before, after].map((values) => readConfiguration(textOf(values?.["value"])));
  if (after === undefined) {
    return {
      cause: "deleted",
      sentence: [
        "Integration configuration deleted from KV: isolates that start find none, so nobody queues",
      ],
      details: [],
    };
  }
  if (is === undefined) {
    return {
      cause: "edited",
      sentence: [
        "Integration configuration edited outside Terraform and Queue-it: KV holds one that the Worker " +
          "does not accept",
      ],
      details: [],
    };
  }
  const versions = versionsOf(was, is);
  const details = diffConfigurations(was, is).lines;
  // Queue-it's versions rise, from the seed's on, which has no action: anything else was written by hand.
  const isFirst = was?.actions.length === 0 && is.version >= was.version;
  if (owner !== "file" && (isFirst || was === undefined || is.version > was.version)) {
    const when =
      isFirst && is.actions.length > 0
        ? "published for the first time since the deploy"
        : "published since the last apply";
    return { cause: "published", sentence: [`Integration configuration ${when}: ${versions}`], details };
  }
  return {
    cause: "edited",
    sentence: [`Integration configuration edited outside Terraform and Queue-it: ${versions}`],
    details,
  };
}

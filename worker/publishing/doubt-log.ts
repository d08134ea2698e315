import { doubtsOf } from "../configuration/doubts.ts";
import type { IntegrationConfiguration } from "../configuration/integration-configuration.ts";
import { logWarning } from "../runtime/log.ts";
import type { Settings } from "../deployment/settings.ts";

/** Logs one line about a configuration that was taken and probably does not do all that its author means. */
export function logDoubts(configuration: IntegrationConfiguration, { matching }: Settings): void {
  const doubts = doubtsOf(configuration, matching);
  if (doubts.length === 0) return;
  const words = doubts.filter(({ kind }) => kind === "unknown-word").length;
  const counts = [
    ...(words === 0 ? [] : [`unknown words: ${words}`]),
    ...(words === doubts.length
      ? []
      : [`comparisons that another spelling of a URL misses: ${doubts.length - words}`]),
  ];
  logWarning({
    event: "configuration-taken",
    reason: "configuration-doubtful",
    detail: `Version ${configuration.Version}: ${counts.join(", ")}. queueit-cf validate --configuration FILE explains them.`,
  });
}

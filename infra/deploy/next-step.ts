import { configurationRemedy } from "../specification/configuration-remedy.ts";
import { takesPublishCalls } from "../specification/takes-publish-calls.ts";
import { siteWords, switchOnRemedy } from "../specification/switch-words.ts";
import { knownSwitches } from "../specification/switches.ts";
import type { ConnectorSpec } from "../specification/specification.ts";

/**
 * What is left to do after a deploy, as the last thing that is said; an address to be copied has the last
 * line.
 *
 * @param isLocal Whether it went to a Cloudflare on this machine, whose Queue-it publishes by itself.
 */
export function nextStep(spec: ConnectorSpec, isLocal: boolean): string {
  const { environment, adopted, configuration, publishUrl } = spec;
  const verify = `npx queueit-cf verify ${environment}`;
  const { sites } = knownSwitches(spec.switches);
  if (sites.length > 0) {
    return (
      `Still switched off, since no deploy switches anything on:\n${sites.map((site) => `- ${siteWords(site)}`).join("\n")}\n` +
      `When the reason is gone:\n  ${switchOnRemedy(environment)}`
    );
  }
  if (adopted?.hasConfiguration === true && configuration.owner !== "file") {
    return (
      `Next: try the sites with ${verify}. The integration configuration is the one that was there before. Then ` +
      `delete adopted from infra/environments/${environment}.ts: it has done its work.`
    );
  }
  switch (configuration.owner) {
    case "publish":
      if (!takesPublishCalls(spec)) return `Next: ${configurationRemedy(spec)}. Until then, nobody queues.`;
      return isLocal
        ? `Next: open the sites from the dashboard, or try them with ${verify}. The local Queue-it has ` +
            `published its integration configuration to:\n  ${publishUrl}`
        : "Next: publish the integration configuration. Until then, nobody queues. In the integration " +
            "settings of Queue-it's GO platform, enter the address below unless it is already there, and " +
            `publish. Then try the sites with: ${verify}\n  ${publishUrl}`;
    case "pull":
      return (
        `Next: try the sites with ${verify}. The Worker fetches by itself what is published at Queue-it, at ` +
        `${configuration.cron} (UTC); until the first fetch, nobody queues.`
      );
    case "file":
      return `Next: try the sites with ${verify}. The integration configuration came with the deploy.`;
  }
}

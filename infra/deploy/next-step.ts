import { configurationRemedy } from "../specification/configuration-remedy.ts";
import { takesPublishCalls } from "../specification/takes-publish-calls.ts";
import type { ConnectorSpec } from "../specification/specification.ts";

/**
 * What is left to do after a deploy, as the last thing that is said; an address to be copied has the last line.
 *
 * @param isLocal Whether it went to a Cloudflare on this machine, whose Queue-it publishes by itself.
 */
export function nextStep(spec: ConnectorSpec, isLocal: boolean): string {
  const { environment, configuration, publishUrl } = spec;
  const verify = `npx queueit-cf verify ${environment}`;
  switch (configuration.owner) {
    case "publish":
      if (!takesPublishCalls(spec)) return `Next: ${configurationRemedy(spec)}. Until then nobody queues.`;
      return isLocal
        ? `Next: look at the sites in the dashboard, or try them with ${verify}. The local Queue-it has published its ` +
            `integration configuration to:\n  ${publishUrl}`
        : `Next: publish the integration configuration. Until then nobody queues. In Queue-it's GO platform, among the ` +
            `integration settings, enter the address below unless it is there already, and publish. Then try the sites ` +
            `with: ${verify}\n  ${publishUrl}`;
    case "pull":
      return (
        `Next: try the sites with ${verify}. The Worker fetches what is published at Queue-it by itself, at ` +
        `${configuration.cron} (UTC); until the first time nobody queues.`
      );
    case "file":
      return `Next: try the sites with ${verify}. The integration configuration came with the deploy.`;
  }
}

import type { Target } from "../specification/target.ts";

/**
 * What is left to do after a deploy, as the last thing that is said; an address to be copied has the last line.
 */
export function nextStep({ spec, isLocal }: Pick<Target, "spec" | "isLocal">): string {
  const { environment, configuration, publishUrl } = spec;
  const verify = `npx queueit-cf verify ${environment}`;
  switch (configuration.owner) {
    case "publish":
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

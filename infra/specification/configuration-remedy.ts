import type { ConnectorSpec } from "./specification.ts";

/** How whoever owns the integration configuration writes it to KV anew: nobody else can. Without its full stop. */
export function configurationRemedy({
  configuration,
  publishUrl,
  environment,
}: Pick<ConnectorSpec, "configuration" | "publishUrl" | "environment">): string {
  switch (configuration.owner) {
    case "publish":
      return `publish the integration configuration again in Queue-it's GO platform, to ${publishUrl} (a deploy leaves it alone)`;
    case "pull":
      return (
        `wait for the Worker's next fetch (schedule ${configuration.cron}, UTC), which writes it again; if it stays, look for ` +
        "pull-failed in the Worker's log (a deploy leaves it alone)"
      );
    case "file":
      return `deploy again, which writes the file's configuration: npx queueit-cf deploy ${environment}`;
  }
}

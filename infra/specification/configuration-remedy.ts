import type { ConnectorSpec } from "./specification.ts";
import { switchOnRemedy } from "./switch-words.ts";
import { takesPublishCalls } from "./takes-publish-calls.ts";

/**
 * How whoever owns the integration configuration writes it to KV anew: nobody else can. Without its full
 * stop.
 */
export function configurationRemedy({
  configuration,
  publishUrl,
  routes,
  environment,
}: Pick<ConnectorSpec, "configuration" | "publishUrl" | "routes" | "environment">): string {
  switch (configuration.owner) {
    case "publish":
      if (routes.some(({ isOff }) => isOff === true) && !takesPublishCalls({ publishUrl, routes })) {
        return (
          `switch the site on again (${switchOnRemedy(environment)}), since no route hands a publish call to the Worker ` +
          `while it is off; then publish the integration configuration in Queue-it's GO platform, to ${publishUrl}`
        );
      }
      if (!takesPublishCalls({ publishUrl, routes })) {
        return (
          `end a protected path with * in infra/environments/${environment}.ts and deploy, since no route hands a publish ` +
          "call to the Worker; then publish the integration configuration in Queue-it's GO platform, to the publish_url " +
          "that the deploy prints"
        );
      }
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

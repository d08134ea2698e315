import { UserError } from "../../errors.ts";
import type { ConnectorSpec } from "../../connector/specification.ts";
import type { LocalRuntime } from "../cloudflare/runtime.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";

/** How the integration configuration came to the Worker. */
export interface BroughtConfiguration {
  readonly how: string;
  readonly milliseconds: number;
}

/**
 * Brings the integration configuration to the Worker the way its owner does.
 *
 * @throws UserError when the Worker does not take it.
 */
export async function bringConfiguration(
  { configuration, worker }: ConnectorSpec,
  queueIt: LocalQueueIt,
  runtime: LocalRuntime,
): Promise<BroughtConfiguration> {
  const started = performance.now();
  const how = await bring();
  return { how, milliseconds: performance.now() - started };

  async function bring(): Promise<string> {
    switch (configuration.owner) {
      case "publish": {
        const result = await queueIt.publishNow();
        if (result.accepted) return `published by the local Queue-it: ${result.answer}`;
        throw new UserError(
          "preview-publish",
          `The Worker did not take the integration configuration (${result.answer}). The reason is in its log above.`,
        );
      }
      case "pull":
        await runtime.runScheduled(worker.name, configuration.cron);
        return `fetched by the Worker from the local Queue-it, and again at ${configuration.cron}`;
      case "file":
        return "from the file of this environment, with the deploy";
    }
  }
}

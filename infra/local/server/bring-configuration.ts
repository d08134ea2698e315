import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { UserError } from "../../errors/user-error.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { LocalRuntime } from "../cloudflare/runtime/runtime.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import type { PublishResult } from "../queue-it/publisher.ts";
import { takesPublishCalls } from "../../specification/takes-publish-calls.ts";

/** How the integration configuration came to the Worker. */
export interface BroughtConfiguration {
  readonly how: string;
  readonly milliseconds: number;
  /** Why it would not come to the real Worker, and what to do; undefined when it would. */
  readonly warning: string | undefined;
}

export interface BringingParts {
  readonly queueIt: LocalQueueIt;
  readonly runtime: LocalRuntime;
  readonly account: LocalAccount;
}

/**
 * Brings the integration configuration to the Worker the way its owner does. Where Queue-it's platform could
 * not, it is put where the Worker reads it, with a warning.
 *
 * @throws UserError when the Worker does not take it.
 */
export async function bringConfiguration(
  spec: ConnectorSpec,
  { queueIt, runtime, account }: BringingParts,
): Promise<BroughtConfiguration> {
  const { configuration, worker } = spec;
  const started = performance.now();
  const { how, warning } = await bring();
  return { how, warning, milliseconds: performance.now() - started };

  async function bring(): Promise<{ readonly how: string; readonly warning?: string }> {
    switch (configuration.owner) {
      case "publish": {
        if (!takesPublishCalls(spec)) return await putIntoNamespace();
        const result = await queueIt.publishNow();
        if (result.accepted) return { how: `published by the local Queue-it: ${result.answer}` };
        throw new UserError("preview-publish", refused(spec, result));
      }
      case "pull":
        await runtime.runScheduled(worker.name, configuration.cron);
        return { how: `fetched by the Worker from the local Queue-it, and again at ${configuration.cron}` };
      case "file":
        return { how: "from the file of this environment, with the deploy" };
    }
  }

  async function putIntoNamespace(): Promise<{ readonly how: string; readonly warning: string }> {
    const namespace = account.namespaces.find(({ title }) => title === spec.namespace.title);
    if (namespace === undefined) throw new Error(`There is no namespace ${spec.namespace.title}.`);
    const bytes = new TextEncoder().encode(queueIt.getConfiguration());
    await account.putValue(namespace.id, CONFIGURATION_KEY, { bytes });
    return {
      how: "put into the KV namespace by hand, because it cannot be published",
      warning:
        "No site has an address that Queue-it's platform could publish to: no route hands the Worker an " +
        "address with a query string. End at least one protected path with *.",
    };
  }
}

/** The Worker gives its reason to its log alone; who did not get there has none. */
function refused({ publishUrl }: ConnectorSpec, { answer }: PublishResult): string {
  const where = `The Worker did not accept the integration configuration at ${publishUrl} (${answer}).`;
  return answer === "Fail!"
    ? `${where} Its reason is in the Worker's log, which is printed on standard error.`
    : `${where} It is not the Worker's own answer: check which route takes that address.`;
}

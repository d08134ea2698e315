import type { DeployedWorker } from "../account/deployed-worker.ts";

/** What stands before a value that somebody pasted into a Worker's source, as the predecessor connectors had it. */
const PASTED = /(secret_?key|api_?key|proxy_?key)["'`]?\s*[:=]\s*["'`]([^"'`\s]{16,})["'`]/gi;
const PASTED_CUSTOMER = /customer_?id["'`]?\s*[:=]\s*["'`]([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)["'`]/i;

/**
 * Names of the secrets whose values stand in the source, for example `secretKey`. The values are not told to
 * anybody.
 */
export function pastedSecretNames({ files }: Pick<DeployedWorker, "files">): readonly string[] {
  const names = files.flatMap(({ content }) =>
    [...content.toString("utf8").matchAll(PASTED)]
      // A placeholder, or the name of a variable, is no secret.
      .filter(([, , value = ""]) => /\d/.test(value) && !value.startsWith("QUEUEIT_"))
      .map(([, name = ""]) => name),
  );
  return [...new Set(names)];
}

/** The customer id that stands in the source; undefined where there is none. */
export function pastedCustomerId({ files }: Pick<DeployedWorker, "files">): string | undefined {
  for (const { content } of files) {
    const found = PASTED_CUSTOMER.exec(content.toString("utf8"))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

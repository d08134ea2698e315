import { refused, updateConfiguration, type Update } from "./update.ts";
import type { Connector } from "../isolate/connector.ts";
import { failingWith, failureFrom } from "../runtime/failure.ts";
import type { Settings } from "../deployment/settings.ts";
import { logError } from "../runtime/log.ts";
import { decodeUtf8, readLimited } from "../runtime/read-limited.ts";

const TIMEOUT_MS = 10_000;
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

/** Fetches the configuration from Queue-it, on schedule. Never throws: what went wrong is logged. */
export async function pullConfiguration(connect: () => Promise<Connector>): Promise<void> {
  let update: Update;
  try {
    update = await pull(await connect());
  } catch (error) {
    const { reason, message } = failureFrom(error);
    update = refused(reason, message);
  }
  if (update.kind === "refused")
    logError({ event: "pull-failed", reason: update.reason, detail: update.detail });
}

async function pull(connector: Connector): Promise<Update> {
  if (connector.settings.owner !== "pull") return { kind: "unchanged" };
  const text = await failingWith("queue-it-unreachable", () => askQueueIt(connector.settings));
  return typeof text === "string" ? updateConfiguration(text, connector) : text;
}

/** The configuration that Queue-it gives, or why there is none. */
async function askQueueIt({ apiKey, customerId }: Settings): Promise<string | Update> {
  if (apiKey === undefined) return refused("api-key-missing", "No API key is set.");
  const customer = encodeURIComponent(customerId);
  const response = await fetch(
    `https://${customer}.queue-it.net/status/integrationconfig/secure/${customer}`,
    {
      headers: { "api-key": await apiKey() },
      // The key must not follow to another host.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    },
  );
  if (response.status !== 200) {
    await response.body?.cancel();
    return refused("queue-it-refused", `Queue-it answered ${response.status}.`);
  }
  const bytes = await readLimited(response.body, BODY_LIMIT_BYTES);
  if (bytes === undefined) return refused("body-invalid", "The answer is too large.");
  return decodeUtf8(bytes) ?? refused("body-invalid", "The answer is not UTF-8.");
}

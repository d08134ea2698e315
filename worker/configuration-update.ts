import { checkConfiguration } from "./configuration-check.ts";
import { compileConfiguration, type CompiledConfiguration } from "./compiled-configuration.ts";
import type { Connector } from "./connector.ts";
import { logDoubts } from "./doubt-log.ts";
import { Failure } from "./failure.ts";
import { CONFIGURATION_KEY } from "./variables.ts";

/** What became of a configuration that was offered. */
export type Update =
  | { readonly kind: "written" | "unchanged" }
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string };

/**
 * Writes a configuration to KV and into this isolate's memory, unless it is broken or older than what KV holds.
 * KV decides about older, not memory: another isolate may have written since.
 * @throws Whatever KV throws.
 */
export async function updateConfiguration(text: string, connector: Connector): Promise<Update> {
  let compiled: CompiledConfiguration;
  try {
    compiled = compileConfiguration(text);
  } catch (error) {
    if (error instanceof Failure) return { kind: "refused", reason: error.reason, detail: error.message };
    throw error;
  }
  const unsupported = actionsWithoutVerifyEndpoint(compiled, connector);
  if (unsupported.length > 0) {
    const detail = `No verify-action address or API key is set, but these need it: ${unsupported.join(", ")}.`;
    return { kind: "refused", reason: "verify-action-unavailable", detail };
  }

  const heldText = await connector.namespace.get(CONFIGURATION_KEY, "text");
  const heldVersion = versionOf(heldText);
  if (compiled.version < heldVersion) {
    const detail = `Version ${compiled.version} was offered, KV holds ${heldVersion}.`;
    return { kind: "refused", reason: "older-version", detail };
  }
  if (heldText !== text) await connector.namespace.put(CONFIGURATION_KEY, text);
  connector.configuration.adopt(text, compiled);
  if (heldText !== text) logDoubts(compiled.configuration, connector.settings);
  return { kind: heldText === text ? "unchanged" : "written" };
}

function actionsWithoutVerifyEndpoint(
  { configuration }: CompiledConfiguration,
  { settings }: Connector,
): string[] {
  if (settings.verifyActionUrl !== undefined && settings.apiKey !== undefined) return [];
  const actions = configuration.Integrations ?? [];
  return actions
    .filter((action) => action.VerifyQueueIdEnabled === true && action.ActionType === "Queue")
    .map((action) => action.Name ?? action.EventId ?? "");
}

/** A held value that is broken must not keep a good one out. */
function versionOf(text: string | null): number {
  if (text === null) return 0;
  try {
    const check = checkConfiguration(JSON.parse(text));
    return check.ok ? check.configuration.Version : 0;
  } catch {
    return 0;
  }
}

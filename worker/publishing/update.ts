import { compileConfiguration, type CompiledConfiguration } from "../isolate/compiled.ts";
import type { Connector } from "../isolate/connector.ts";
import { logDoubts } from "./doubt-log.ts";

/** What became of a configuration that was offered. */
export type Update =
  | { readonly kind: "written" | "unchanged" }
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string };

export function refused(reason: string, detail: string): Update {
  return { kind: "refused", reason, detail };
}

/**
 * Writes a configuration to KV and into this isolate's memory, unless it is older than what is known.
 * @throws Failure `configuration-invalid` for one that is broken, `configuration-unwritable` when KV does not
 *   take it.
 */
export async function updateConfiguration(text: string, connector: Connector): Promise<Update> {
  const compiled = compileConfiguration(text);
  const unsupported = actionsWithoutVerifyEndpoint(compiled, connector);
  if (unsupported.length > 0) {
    const detail = `No verify-action address or API key is set, but these need it: ${unsupported.join(", ")}.`;
    return refused("verify-action-unavailable", detail);
  }

  const written = await connector.configuration.write(compiled);
  if (written.kind === "written") logDoubts(compiled.configuration, connector.settings);
  if (written.kind !== "older") return written;
  const detail = `Version ${compiled.version} was offered, version ${written.newest} is known.`;
  return refused("older-version", detail);
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

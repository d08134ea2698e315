import { compiledOf, NO_COPY, TestNamespace } from "./connector.ts";
import type { Settings } from "../../../worker/deployment/settings.ts";
import type { Connector } from "../../../worker/isolate/connector.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { ConfigurationStore } from "../../../worker/isolate/store.ts";
import { connectorWith } from "./connector.ts";

/** A connector in this process whose isolate and KV hold a configuration, or nothing. */
export function connectorHolding(
  held: IntegrationConfiguration | undefined,
  settings: Partial<Settings> = {},
): { readonly connector: Connector; readonly kv: TestNamespace } {
  const kv = new TestNamespace(held === undefined ? null : JSON.stringify(held));
  const configuration = new ConfigurationStore({
    namespace: kv,
    ttlMs: 60_000,
    acceptsOlder: false,
    copy: NO_COPY,
  });
  if (held !== undefined) configuration.adopt(compiledOf(held));
  const { settings: all, sign } = connectorWith({ Version: 1 }, settings);
  return { connector: { settings: all, sign, configuration }, kv };
}

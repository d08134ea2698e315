import { CompiledConfiguration } from "../../../worker/isolate/compiled.ts";
import { ConfigurationStore } from "../../../worker/isolate/store.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import type { Connector } from "../../../worker/isolate/connector.ts";
import type { KeptCopy } from "../../../worker/isolate/kept-copy.ts";
import { createSigner } from "../../../worker/encoding/hmac.ts";
import type { Context, KeyValueNamespace } from "../../../worker/runtime/platform.ts";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { CUSTOMER, SECRET } from "./tokens.ts";

/** An execution context that keeps what it was told. */
export class TestContext implements Context {
  readonly #work: Promise<unknown>[] = [];
  passesThrough = false;

  waitUntil(work: Promise<unknown>): void {
    this.#work.push(work);
  }

  passThroughOnException(): void {
    this.passesThrough = true;
  }

  /** Waits for everything that goes on after the answer. */
  async settled(): Promise<void> {
    await Promise.all(this.#work.splice(0));
  }
}

/** A KV namespace in memory that counts its calls; a value may be a function that throws or never answers. */
export class TestNamespace implements KeyValueNamespace {
  reads = 0;
  readonly writes: string[] = [];

  constructor(public value: string | null | (() => Promise<string | null>)) {}

  async get(): Promise<string | null> {
    this.reads++;
    return typeof this.value === "function" ? this.value() : Promise.resolve(this.value);
  }

  async put(_key: string, value: string): Promise<void> {
    this.writes.push(value);
    this.value = value;
    return Promise.resolve();
  }
}

/** A data center that keeps nothing, as on workers.dev. */
export const NO_COPY: KeptCopy = { read: () => Promise.resolve(undefined), save: () => Promise.resolve() };

const STANDARD_SETTINGS: Settings = {
  customerId: CUSTOMER,
  secretKey: SECRET,
  apiKey: undefined,
  enqueueToken: undefined,
  clientIpHeader: "cf-connecting-ip",
  requestBodyLimit: 2048,
  matching: "as-configured",
  preflights: "pass",
  prefetches: "refuse",
  allowedOrigins: [],
  owner: "publish",
  failureMode: "open",
  bundle: undefined,
  chained: false,
  configurationTtlMs: 60_000,
  verifyActionUrl: undefined,
  directPass: undefined,
};

/** A configuration as if KV held it. */
export function compiledOf(configuration: IntegrationConfiguration): CompiledConfiguration {
  return new CompiledConfiguration(configuration, JSON.stringify(configuration));
}

/** A connector in this process that already holds a configuration. */
export function connectorWith(
  configuration: IntegrationConfiguration,
  settings: Partial<Settings> = {},
): Connector & { readonly compiled: CompiledConfiguration } {
  const namespace = new TestNamespace(null);
  const store = new ConfigurationStore({ namespace, ttlMs: 60_000, acceptsOlder: false, copy: NO_COPY });
  const compiled = compiledOf(configuration);
  store.adopt(compiled);
  return {
    settings: { ...STANDARD_SETTINGS, ...settings },
    sign: createSigner(SECRET),
    configuration: store,
    compiled,
  };
}

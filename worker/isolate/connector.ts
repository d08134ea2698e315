import { keptCopy } from "./kept-copy.ts";
import { keptIndex } from "./kept-index.ts";
import { ConfigurationStore } from "./store.ts";
import { Failure } from "../runtime/failure.ts";
import { createSigner, type Signer } from "../encoding/hmac.ts";
import { logWarning } from "../runtime/log.ts";
import type { Context, Env, KeyValueNamespace } from "../runtime/platform.ts";
import { readSettings, type Settings } from "../deployment/settings.ts";
import { SharedRead } from "./shared-read.ts";
import { CONFIGURATION_BINDING } from "../deployment/variables.ts";

/** Everything that is made once per isolate and only called by requests. */
export interface Connector {
  readonly settings: Settings;
  readonly sign: Signer;
  readonly configuration: ConfigurationStore;
}

interface Entry {
  connector: Connector | undefined;
  readonly read: SharedRead<Connector>;
}

const entries = new WeakMap<object, Entry>();

/**
 * The connector of an environment, made once per isolate; a promise only while it is being made. It is kept
 * by its KV binding, which stays the same object even where the runtime hands out a new `env` for each
 * request.
 * @throws Failure when a binding, the customer id or the secret key is missing or cannot be read in time.
 */
export function connectorFor(env: Env, context: Context): Connector | Promise<Connector> {
  const namespace = env[CONFIGURATION_BINDING];
  const key = typeof namespace === "object" && namespace !== null ? namespace : env;
  let entry = entries.get(key);
  if (entry === undefined) {
    entry = { connector: undefined, read: new SharedRead(() => createConnector(env), "secret-unreadable") };
    entries.set(key, entry);
  }
  return entry.connector ?? firstRead(entry, context);
}

async function firstRead(entry: Entry, context: Context): Promise<Connector> {
  return (entry.connector ??= await entry.read.get(context));
}

async function createConnector(env: Env): Promise<Connector> {
  const namespace = env[CONFIGURATION_BINDING];
  if (!isNamespace(namespace)) {
    throw new Failure("kv-binding-missing", `The Worker has no KV binding ${CONFIGURATION_BINDING}.`);
  }
  const { settings, problems } = await readSettings(env);
  if (problems.length > 0)
    logWarning({ event: "setting-ignored", reason: "variable-invalid", detail: problems.join("; ") });
  const sign = createSigner(settings.secretKey);
  const configuration = new ConfigurationStore({
    namespace,
    ttlMs: settings.configurationTtlMs,
    acceptsOlder: settings.owner === "file",
    copy: keptCopy(sign, settings.customerId),
    index: keptIndex(namespace, sign, settings.bundle),
  });
  return { settings, sign, configuration };
}

function isNamespace(value: unknown): value is KeyValueNamespace {
  const { get, put } = (value ?? {}) as Partial<KeyValueNamespace>;
  return typeof get === "function" && typeof put === "function";
}

/** What a Cloudflare account holds, as far as a connector needs it. */

export interface Zone {
  readonly id: string;
  readonly name: string;
}

export interface KvNamespace {
  readonly id: string;
  /** Unique in the account. */
  readonly title: string;
}

export interface Route {
  readonly id: string;
  readonly zoneId: string;
  readonly pattern: string;
  /** Name of the Worker; undefined for a route that skips Workers. */
  readonly script: string | undefined;
}

export type ScriptBinding =
  | { readonly type: "kv_namespace"; readonly name: string; readonly namespaceId: string }
  | { readonly type: "plain_text"; readonly name: string; readonly text: string }
  | { readonly type: "secret_text"; readonly name: string; readonly text: string }
  | {
      readonly type: "secrets_store_secret";
      readonly name: string;
      readonly storeId: string;
      readonly secretName: string;
    };

export interface Script {
  readonly name: string;
  /** Name of the uploaded part, for example `worker.mjs`. */
  readonly mainModule: string;
  readonly content: string;
  readonly format: "es-module" | "service-worker";
  /** YYYY-MM-DD. */
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly bindings: readonly ScriptBinding[];
  /** Kept and given back, without effect on this machine. */
  readonly observability?: { readonly enabled: boolean; readonly samplingRate: number };
}

/** A value in a KV namespace. */
export interface KvValue {
  readonly bytes: Uint8Array;
  /** Any JSON value; undefined when the key has none. */
  readonly metadata?: unknown;
}

/** What an account holds, but for its zones and KV values: enough to make the same account again. Holds secrets. */
export interface AccountContents {
  readonly namespaces: readonly KvNamespace[];
  readonly scripts: readonly Script[];
  readonly routes: readonly Route[];
  /** Cron expressions by Worker. */
  readonly schedules: readonly { readonly script: string; readonly crons: readonly string[] }[];
  /** Values of Secrets Stores. */
  readonly secrets: readonly { readonly storeId: string; readonly name: string; readonly value: string }[];
}

/** Values of KV namespaces, by namespace id and key. */
export interface KvStore {
  get(namespaceId: string, key: string): Promise<KvValue | undefined>;
  put(namespaceId: string, key: string, value: KvValue): Promise<void>;
  delete(namespaceId: string, key: string): Promise<void>;
  /** Names of all keys with the prefix, in order. */
  keys(namespaceId: string, prefix: string): Promise<readonly string[]>;
}

/** Everything that decides which Workers run and with what. */
export interface Deployment {
  readonly scripts: readonly Script[];
  readonly namespaceIds: readonly string[];
  /** Value of a secret of a Secrets Store; undefined when nobody has set it. */
  readonly secret: (storeId: string, secretName: string) => string | undefined;
}

/** What runs an account's Workers and keeps the values they read. */
export interface WorkerHost {
  /**
   * Makes the deployment the one that answers, or leaves the one before it as it is.
   *
   * @throws WorkerStartError when a Worker does not start.
   */
  run(deployment: Deployment): Promise<void>;
  readonly values: KvStore;
}

/** A Worker that the runtime refuses to start. The message is the runtime's own. */
export class WorkerStartError extends Error {
  override readonly name = "WorkerStartError";
}

import type { TokenResources } from "../../../cloudflare/token-resources.ts";

/** What a Cloudflare account holds, as far as a connector needs it. */

export interface Zone {
  readonly id: string;
  readonly name: string;
}

export interface KvNamespace {
  readonly id: string;
  /** Unique in the account. */
  readonly title: string;
  /**
   * Where the runtime keeps its values: a name that no other namespace has, or ever had. A namespace that was put
   * back as it was has another one than before, so that Workers of before cannot write into it any more.
   * Default: its id.
   */
  readonly storage?: string;
}

export interface Route {
  readonly id: string;
  readonly zoneId: string;
  readonly pattern: string;
  /** Name of the Worker; undefined for a route that skips Workers. */
  readonly script: string | undefined;
}

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type ScriptBinding =
  | { readonly type: "kv_namespace"; readonly name: string; readonly namespaceId: string }
  | { readonly type: "plain_text"; readonly name: string; readonly text: string }
  | { readonly type: "json"; readonly name: string; readonly json: Json }
  | { readonly type: "secret_text"; readonly name: string; readonly text: string }
  | {
      readonly type: "secrets_store_secret";
      readonly name: string;
      readonly storeId: string;
      readonly secretName: string;
    }
  | {
      readonly type: "service";
      readonly name: string;
      /** Name of the Worker. */
      readonly service: string;
      /** Class that the Worker exports; undefined for its default export. */
      readonly entrypoint?: string;
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
  /** Modules beside the main one. Default: none. */
  readonly modules?: readonly ScriptModule[];
  /**
   * What an upload to the management API says beyond the above: given back as it came, without effect here.
   */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether it was given an address under workers.dev, which does not exist here. Default: it was not. */
  readonly subdomain?: { readonly enabled: boolean; readonly previewsEnabled: boolean };
  /** Filled in by the account. */
  readonly history?: ScriptHistory;
}

export interface ScriptModule {
  /** Name that the main module imports it by, for example `./data.wasm`. */
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

export interface ScriptHistory {
  /** Stays the same for as long as the Worker exists: 32 hexadecimal characters. */
  readonly tag: string;
  /** ISO 8601, like every date here. */
  readonly createdOn: string;
  readonly modifiedOn: string;
  /** Newest last, deployed or not. */
  readonly versions: readonly ScriptVersion[];
  /** Newest last; the last one says which version answers. */
  readonly deployments: readonly ScriptDeployment[];
}

export interface ScriptVersion {
  readonly id: string;
  /** 1 for the first. */
  readonly number: number;
  readonly createdOn: string;
  readonly source: UploadSource;
}

export interface ScriptDeployment {
  readonly id: string;
  readonly versionId: string;
  readonly createdOn: string;
  readonly source: UploadSource;
}

/** What an upload came from; wrangler warns before it replaces what it did not upload itself. */
export type UploadSource = "api" | "wrangler";

/** A hostname whose every request goes to one Worker. */
export interface CustomDomain {
  readonly id: string;
  readonly zoneId: string;
  /** Unique in the account. */
  readonly hostname: string;
  readonly script: string;
}

export interface SecretsStore {
  readonly id: string;
  /** Unique in the account. */
  readonly name: string;
  readonly createdOn: string;
  readonly modifiedOn: string;
}

export interface StoredSecret {
  readonly id: string;
  readonly storeId: string;
  /** Unique in the store. */
  readonly name: string;
  readonly value: string;
  readonly comment: string;
  readonly scopes: readonly string[];
  readonly createdOn: string;
  readonly modifiedOn: string;
}

/** A token of the management API with permissions of its own. Its value is known to whoever made it. */
export interface ApiToken {
  readonly id: string;
  /** Whether it belongs to the user, or to the account itself. */
  readonly owner: "user" | "account";
  readonly name: string;
  readonly status: "active" | "disabled";
  /** SHA-256 of its value. */
  readonly sha256: string;
  readonly issuedOn: string;
  readonly modifiedOn: string;
  /** ISO 8601. Default: at once. */
  readonly notBefore?: string;
  /** ISO 8601. Default: never. */
  readonly expiresOn?: string;
  readonly policies: readonly TokenPolicy[];
}

export interface TokenPolicy {
  readonly id: string;
  readonly effect: "allow" | "deny";
  /** Ids of permission groups. */
  readonly permissions: readonly string[];
  /** By Cloudflare's names: `com.cloudflare.api.account.<id>`, `com.cloudflare.api.account.zone.<id>`. */
  readonly resources: TokenResources;
}

/** A value in a KV namespace. */
export interface KvValue {
  readonly bytes: Uint8Array;
  /** Any JSON value; undefined when the key has none. */
  readonly metadata?: unknown;
  /** When it ends, in seconds since 1970; undefined for never. */
  readonly expiration?: number;
}

/** A key as a listing shows it. */
export type KvKey = Omit<KvValue, "bytes"> & { readonly name: string };

/**
 * What an account holds, but for its zones and KV values: enough to make the same account again. Holds
 * secrets.
 */
export interface AccountContents {
  readonly namespaces: readonly KvNamespace[];
  readonly scripts: readonly Script[];
  readonly routes: readonly Route[];
  /** Cron expressions by Worker. */
  readonly schedules: readonly {
    readonly script: string;
    readonly crons: readonly string[];
    readonly changedOn?: string;
  }[];
  /** Values of Secrets Stores. */
  readonly secrets: readonly (Pick<StoredSecret, "storeId" | "name" | "value"> & Partial<StoredSecret>)[];
  /** Default: those that the secrets name. */
  readonly stores?: readonly SecretsStore[];
  /** Default: none. */
  readonly domains?: readonly CustomDomain[];
  /**
   * The latest versions of the Workers as they were uploaded. Default: none, and no version can be deployed
   * again.
   */
  readonly uploads?: readonly { readonly versionId: string; readonly script: Script }[];
  /**
   * Storages of namespaces that were deleted or put back, and some of whose values may still be there.
   * Default: none.
   */
  readonly leaving?: readonly string[];
  /** Default: none. */
  readonly tokens?: readonly ApiToken[];
}

/** Values of KV namespaces, by namespace id and key. */
export interface KvStore {
  get(namespaceId: string, key: string): Promise<KvValue | undefined>;
  put(namespaceId: string, key: string, value: KvValue): Promise<void>;
  delete(namespaceId: string, key: string): Promise<void>;
  /** The keys with the prefix in the order of their names, a page at a time. */
  list(namespaceId: string, page: KvPageOptions): Promise<KvPage>;
}

/** Cloudflare's limit for the keys of one page. */
export const KEYS_IN_PAGE = 1000;

export interface KvPageOptions {
  readonly prefix: string;
  /** What the page before said; empty for the first. */
  readonly cursor: string;
  /** 1 to `KEYS_IN_PAGE`. */
  readonly limit: number;
}

export interface KvPage {
  readonly keys: readonly KvKey[];
  /** Where the next page begins; empty when this is the last. */
  readonly cursor: string;
}

/** Everything that decides which Workers run and with what. */
export interface Deployment {
  /** Bound to storages of namespaces, in the place of their ids. */
  readonly scripts: readonly Script[];
  /** Storages of namespaces. */
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
  /** Resolves once nothing that began with an earlier deployment is under way any more. Default: nothing is. */
  settled?(): Promise<void>;
  readonly values: KvStore;
}

/** A Worker that the runtime refuses to start. The message is the runtime's own. */
export class WorkerStartError extends Error {
  override readonly name = "WorkerStartError";
}

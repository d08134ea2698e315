import type { HookName } from "../../worker/hooks/hook-names.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import type { Switches } from "./switches.ts";

/**
 * Everything a deployed connector consists of, as pure data: what the CDKTF construct writes as Terraform.
 * It holds names of secrets, never their values.
 */
export interface ConnectorSpec {
  /** Name of the environment it was made from. */
  readonly environment: string;
  readonly accountId: string;
  readonly namespace: { readonly title: string };
  readonly configuration: ConfigurationSpec;
  readonly worker: WorkerSpec;
  /** Bypass routes first, then protected routes. */
  readonly routes: readonly RouteSpec[];
  /**
   * Address for Queue-it's platform to publish the integration configuration to: a protected page, where
   * there is one.
   */
  readonly publishUrl: string;
  /** Terraform variables that carry secrets: sensitive, without default. */
  readonly secretVariables: readonly SecretVariable[];
  /** What the first deploy takes over instead of making it. */
  readonly adopted: ExistingObjects | undefined;
  readonly backend: StateBackend;
  /** The environment that has to run this bundle first, and where its state is. */
  readonly promotedFrom: { readonly environment: string; readonly backend: StateBackend } | undefined;
  /** Example values that have to be replaced before a deploy, in words. Empty when there are none. */
  readonly exampleValues: readonly string[];
  /**
   * What somebody switched, as the account says it; a text says why that is not known.
   * @default nobody looked
   */
  readonly switches?: Switches | string;
}

/** What of a connector an account has, whoever made it. */
export interface ExistingObjects {
  /** Undefined where there is no such namespace. */
  readonly namespaceId: string | undefined;
  readonly hasConfiguration: boolean;
  readonly hasWorker: boolean;
  /** By pattern. */
  readonly routes: ReadonlyMap<string, { readonly id: string; readonly zoneId: string }>;
}

/** The address to give to Queue-it's platform; undefined where nobody publishes. */
export function publishUrlOf({ configuration, publishUrl }: ConnectorSpec): string | undefined {
  return configuration.owner === "publish" ? publishUrl : undefined;
}
/** Who owns the value under the key, and what Terraform does with it. */
export type ConfigurationSpec =
  | { readonly owner: "publish"; readonly seed: string }
  | { readonly owner: "pull"; readonly seed: string; readonly cron: string }
  | { readonly owner: "file"; readonly value: string };

export interface WorkerSpec {
  readonly name: string;
  readonly file: WorkerFile;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly bindings: readonly Binding[];
  readonly observability: { readonly enabled: boolean; readonly samplingRate: number };
}

export interface WorkerFile {
  /** Absolute path of the JavaScript file on this machine. */
  readonly path: string;
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly sha256: string;
  readonly format: "es-module" | "service-worker";
  /** The site's own hooks in it; undefined where it has none. */
  readonly hooks?: BundledHooks | undefined;
}

/** A file of hooks, as a bundle has taken it in. */
export interface BundledHooks {
  /** Relative to the project's root. */
  readonly path: string;
  /** SHA-256 of its code with all that it imports, lower-case hexadecimal. */
  readonly sha256: string;
  /** Which hooks it defines. */
  readonly names: readonly HookName[];
}

export type Binding =
  | { readonly type: "kv_namespace"; readonly name: string }
  | { readonly type: "plain_text"; readonly name: string; readonly text: string }
  | { readonly type: "secret_text"; readonly name: string; readonly variable: string }
  | {
      readonly type: "secrets_store_secret";
      readonly name: string;
      readonly storeId: string;
      readonly secretName: string;
    }
  | { readonly type: "service"; readonly name: string; readonly service: string };

/** Terraform variables with Queue-it's secrets; each is set by `TF_VAR_` and its name. */
export type SecretVariableName = "queueit_secret_key" | "queueit_api_key" | "queueit_direct_pass_key";

export interface SecretVariable {
  /** Name of the Terraform variable, for example `queueit_secret_key`. */
  readonly name: SecretVariableName;
  readonly description: string;
}

export interface RouteSpec {
  readonly kind: "bypass" | "protect";
  /** Of what is no longer, or not, protected: name of the other Worker that answers. Left out, the origin does. */
  readonly worker?: string;
  /** Whole route pattern, for example `shop.example.com/static/*`. */
  readonly pattern: string;
  /** A name is spelt as Cloudflare looks it up: outside ASCII in its own letters. */
  readonly zone: { readonly id: string } | { readonly name: string };
  /**
   * Whether the switch keeps it from its Worker for now.
   * @default false
   */
  readonly isOff?: boolean;
}

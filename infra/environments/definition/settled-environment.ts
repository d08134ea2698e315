import type { CONFIGURATION_BINDING, SECRETS, VARIABLES } from "../../../worker/deployment/variables.ts";
import type {
  Adopted,
  Backend,
  Coverage,
  EnqueueToken,
  Environment,
  FreezeWindow,
  IntegrationConfigurationOwner,
  Observability,
  QueueItSettings,
  SecretsStrategy,
  SharedSetting,
  Site,
  WorkerSource,
} from "../environment.ts";

/**
 * An environment in which every default is written out. Only that is optional which has none: left out, a
 * feature is not used, and a file, a jurisdiction or an earlier environment is not named.
 */
export interface SettledEnvironment extends Environment {
  readonly sites: readonly [SettledSite, ...SettledSite[]];
  readonly queueIt: SettledQueueIt;
  readonly integrationConfiguration: SettledOwner;
  readonly secrets: SettledSecrets;
  readonly failure: NonNullable<Environment["failure"]>;
  readonly observability: Required<Observability>;
  readonly backend: SettledBackend;
  readonly meantToDiffer: readonly SharedSetting[];
  readonly freeze: readonly FreezeWindow[];
  readonly worker: SettledWorker;
  readonly namespaceTitle: string;
  readonly adopted?: SettledAdopted;
  readonly coverage: SettledCoverage;
}

/** All of it but what depends on the environment's name. */
export type SettledSettings = Omit<SettledEnvironment, "backend" | "namespaceTitle">;

export type SettledSite = With<Site, "protect" | "bypass">;

/** What of Queue-it has a default: everything but the customer id. */
export type Features = Omit<QueueItSettings, "customerId">;

export interface SettledFeatures extends Features {
  readonly enqueueToken?: Required<EnqueueToken>;
  readonly clientIp: NonNullable<Features["clientIp"]>;
  readonly requestBodyLimit: number;
  readonly matching: NonNullable<Features["matching"]>;
  readonly preflights: NonNullable<Features["preflights"]>;
  readonly prefetches: NonNullable<Features["prefetches"]>;
  readonly allowedOrigins: readonly string[];
  readonly configurationTtlSeconds: number;
  readonly directPass?: Required<NonNullable<Features["directPass"]>>;
}

type SettledQueueIt = Pick<QueueItSettings, "customerId"> & SettledFeatures;

export type SettledOwner =
  | Extract<IntegrationConfigurationOwner, { owner: "publish" | "file" }>
  | With<Extract<IntegrationConfigurationOwner, { owner: "pull" }>, "cron">;

export type Store = Extract<SecretsStrategy, { strategy: "secrets-store" }>;

export interface SettledStore extends Store {
  readonly names: Readonly<Record<keyof typeof SECRETS, string>>;
}

export type SettledSecrets = Exclude<SecretsStrategy, Store> | SettledStore;

export type SettledBackend =
  | With<Extract<Backend, { type: "local" }>, "path">
  | With<Extract<Backend, { type: "r2" }>, "key">
  | With<Extract<Backend, { type: "s3" }>, "key">
  | With<Extract<Backend, { type: "hcp" }>, "hostname">;

/** Name of anything that the Worker is given, as this project's own Worker knows it. */
export type GivenName =
  | typeof CONFIGURATION_BINDING
  | (typeof VARIABLES)[keyof typeof VARIABLES]
  | (typeof SECRETS)[keyof typeof SECRETS];

type WorkerFromElsewhere = Extract<WorkerSource, { source: "file" }>;

interface SettledWorkerFromElsewhere extends WorkerFromElsewhere {
  readonly names: Readonly<Record<GivenName, string>>;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
}

export type SettledWorker = Exclude<WorkerSource, WorkerFromElsewhere> | SettledWorkerFromElsewhere;

/** Without a namespace there is none whose configuration could stay. */
export type SettledAdopted = With<Adopted, "configuration" | "worker" | "routes">;

export type SettledCoverage = Required<Coverage>;

type With<Type, Option extends keyof Type> = Type & Required<Pick<Type, Option>>;

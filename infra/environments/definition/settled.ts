import { CONFIGURATION_BINDING, SECRETS, VARIABLES } from "../../../worker/deployment/variables.ts";
import { BUNDLE_COMPATIBILITY_DATE } from "../../cloudflare/compatibility-date.ts";
import type {
  Adopted,
  Backend,
  Coverage,
  Environment,
  IntegrationConfigurationOwner,
  NamedEnvironment,
  Observability,
  SecretsStrategy,
  SiteRoutes,
  WorkerSource,
} from "../environment.ts";
import type {
  Features,
  GivenName,
  SettledAdopted,
  SettledBackend,
  SettledCoverage,
  SettledEnvironment,
  SettledFeatures,
  SettledOwner,
  SettledSecrets,
  SettledSettings,
  SettledSite,
  SettledStore,
  SettledWorker,
  Store,
} from "./settled-environment.ts";

// Every default of an environment is here, once, as environment.ts documents it: a test reads it there. Those
// parts that rules need of an environment with faults elsewhere are functions of their own.

/** A valid environment with every default written out. To settle it again changes nothing. */
export function settled({ name, environment }: NamedEnvironment): SettledEnvironment {
  return {
    ...settledSettings(environment),
    backend: settledBackend(name, environment.backend),
    namespaceTitle: settledTitle(name, environment.namespaceTitle),
  };
}

/** The same without the backend and the namespace's title, whose defaults are made of the environment's name. */
export function settledSettings(environment: Environment): SettledSettings {
  const { adopted, ...written } = environment;
  const { sites, queueIt, failure = "open", meantToDiffer = [], freeze = [] } = written;
  const [site, ...others] = sites;
  return {
    ...written,
    sites: [settledSite(site), ...others.map(settledSite)],
    queueIt: { customerId: queueIt.customerId, ...settledFeatures(queueIt) },
    integrationConfiguration: settledOwner(environment.integrationConfiguration),
    secrets: settledSecrets(environment.secrets),
    failure,
    observability: settledObservability(environment.observability),
    meantToDiffer,
    freeze,
    worker: settledWorker(environment.worker),
    ...(adopted && { adopted: settledAdopted(adopted) }),
    coverage: settledCoverage(environment.coverage),
  };
}

/** A site, or what is known of one, with its protected and bypassed paths. */
export function settledSite<Written extends SiteRoutes>(
  site: Written,
): Written & Pick<SettledSite, "protect" | "bypass"> {
  const { protect = ["/*"], bypass = [] } = site;
  return { ...site, protect, bypass };
}

export function settledFeatures({ enqueueToken, directPass, ...features }: Features): SettledFeatures {
  const {
    clientIp = "cf-connecting-ip",
    requestBodyLimit = 2048,
    matching = "as-configured",
    preflights = "pass",
    prefetches = "refuse",
    allowedOrigins = [],
    configurationTtlSeconds = 60,
  } = features;
  return {
    ...features,
    clientIp,
    requestBodyLimit,
    matching,
    preflights,
    prefetches,
    allowedOrigins,
    configurationTtlSeconds,
    ...(enqueueToken && { enqueueToken: settledToken(enqueueToken) }),
    ...(directPass && { directPass: settledDirectPass(directPass) }),
  };
}

function settledToken({
  validityMs = 240_000,
  key = false,
}: NonNullable<Features["enqueueToken"]>): NonNullable<SettledFeatures["enqueueToken"]> {
  return { validityMs, key };
}

function settledDirectPass({
  url,
  timeoutMs = 3000,
}: NonNullable<Features["directPass"]>): NonNullable<SettledFeatures["directPass"]> {
  return { url, timeoutMs };
}

export function settledOwner(written: IntegrationConfigurationOwner = { owner: "publish" }): SettledOwner {
  if (written.owner !== "pull") return written;
  const { cron = "*/5 * * * *" } = written;
  return { ...written, cron };
}

export function settledSecrets(written: SecretsStrategy = { strategy: "variables" }): SettledSecrets {
  return written.strategy === "variables" ? written : settledStore(written);
}

export function settledStore(written: Store): SettledStore {
  const {
    secretKey = SECRETS.secretKey,
    apiKey = SECRETS.apiKey,
    directPassKey = SECRETS.directPassKey,
  } = written.names ?? {};
  return { ...written, names: { secretKey, apiKey, directPassKey } };
}

function settledObservability(
  { enabled, samplingRate = 1 }: Observability = { enabled: true },
): Required<Observability> {
  return { enabled, samplingRate };
}

/** @param name The environment's: each has a state of its own. */
export function settledBackend(name: string, written: Backend = { type: "local" }): SettledBackend {
  switch (written.type) {
    case "local": {
      const { path = `terraform.${name}.tfstate` } = written;
      return { ...written, path };
    }
    case "r2":
    case "s3": {
      const { key = `queueit/${name}.tfstate` } = written;
      return { ...written, key };
    }
    case "hcp": {
      const { hostname = "app.terraform.io" } = written;
      return { ...written, hostname };
    }
  }
}

/** By themselves, all names are those that the vendor publishes; ours are the same. */
const OWN_NAMES = Object.fromEntries(
  [CONFIGURATION_BINDING, ...Object.values(VARIABLES), ...Object.values(SECRETS)].map((name) => [name, name]),
) as Readonly<Record<GivenName, string>>;

function settledWorker(written: WorkerSource = { source: "bundled" }): SettledWorker {
  if (written.source === "bundled") return written;
  const {
    names = {},
    compatibilityDate = BUNDLE_COMPATIBILITY_DATE,
    compatibilityFlags = ["nodejs_compat"],
  } = written;
  return { ...written, names: { ...OWN_NAMES, ...names }, compatibilityDate, compatibilityFlags };
}

/** @param name The environment's, which is a file name: no two defaults are the same. */
export function settledTitle(name: string, written = `queueit-${name}-integration-config`): string {
  return written;
}

function settledAdopted({
  configuration = false,
  worker = false,
  routes = [],
  ...more
}: Adopted): SettledAdopted {
  return { ...more, configuration, worker, routes };
}

export function settledCoverage({
  protected: covered = [],
  bypassed = [],
  ignored = [],
}: Coverage = {}): SettledCoverage {
  return { protected: covered, bypassed, ignored };
}

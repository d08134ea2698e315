import { BUNDLE_COMPATIBILITY_DATE } from "../cloudflare/compatibility-date.ts";
import { patternOf } from "../cloudflare/route-pattern.ts";
import { exampleValues } from "../environments/definition/example-values.ts";
import { settled } from "../environments/definition/settled.ts";
import type {
  SettledAdopted,
  SettledOwner,
  SettledSettings,
} from "../environments/definition/settled-environment.ts";
import { stateBackend } from "../environments/definition/state-backend.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { publishUrl } from "../environments/definition/publish-url.ts";
import { bindingsOf, secretVariablesOf } from "./bindings.ts";
import { routesOf } from "./routes-of.ts";
import type {
  ConfigurationSpec,
  ConnectorSpec,
  ExistingObjects,
  WorkerFile,
  WorkerSpec,
} from "./specification.ts";

/**
 * Without actions nothing is queued, and the connector is known to work. The SDK and the Worker take a
 * configuration without a Version for a broken one, so it has the lowest that counts.
 */
const EMPTY_CONFIGURATION =
  '{"Description":"Seed of the deployment: no actions yet","Integrations":[],"Version":1}';

export interface SpecifyInput {
  readonly named: NamedEnvironment;
  /** Every environment, to find the one this is promoted from. All of them are valid. */
  readonly all: readonly NamedEnvironment[];
  /** The bundle, or the file of a Worker from elsewhere. */
  readonly workerFile: WorkerFile;
  /** Reads an integration configuration file, relative to the project's root, as compact JSON. */
  readonly readConfiguration: (path: string) => string;
}

/**
 * What a valid environment asks for, as pure data. Equal inputs give equal specifications.
 *
 * @throws whatever `readConfiguration` throws.
 */
export function specify({ named, all, workerFile, readConfiguration }: SpecifyInput): ConnectorSpec {
  const { name } = named;
  const environment = settled(named);
  const promotedFrom = all.find((other) => other.name === environment.promotedFrom);
  const routes = environment.sites.flatMap(routesOf);
  return {
    environment: name,
    accountId: environment.accountId,
    namespace: { title: environment.namespaceTitle },
    configuration: configurationOf(environment.integrationConfiguration, readConfiguration),
    worker: workerOf(environment, workerFile),
    routes: [
      ...routes.filter((route) => route.kind === "bypass"),
      ...routes.filter((route) => route.kind === "protect"),
    ],
    publishUrl: publishUrl(environment.sites),
    secretVariables: secretVariablesOf(environment),
    adopted: environment.adopted && existingObjects(environment.adopted),
    backend: stateBackend(named),
    promotedFrom: promotedFrom && { environment: promotedFrom.name, backend: stateBackend(promotedFrom) },
    exampleValues: exampleValues(environment).map(({ path, value }) => `${path} is "${value}"`),
  };
}

function existingObjects({ namespaceId, configuration, worker, routes }: SettledAdopted): ExistingObjects {
  return {
    namespaceId,
    hasConfiguration: configuration,
    hasWorker: worker,
    routes: new Map(
      routes.map(({ pattern, id }) => {
        const [zoneId = "", routeId = ""] = id.split("/");
        return [patternOf(pattern)?.text ?? pattern, { id: routeId, zoneId }];
      }),
    ),
  };
}

function configurationOf(owned: SettledOwner, read: SpecifyInput["readConfiguration"]): ConfigurationSpec {
  if (owned.owner === "file") return { owner: "file", value: read(owned.path) };
  const seed = owned.seed === undefined ? EMPTY_CONFIGURATION : read(owned.seed);
  return owned.owner === "publish" ? { owner: "publish", seed } : { owner: "pull", seed, cron: owned.cron };
}

function workerOf(environment: SettledSettings, file: WorkerFile): WorkerSpec {
  const { workerName, worker, observability } = environment;
  const { compatibilityDate, compatibilityFlags } =
    worker.source === "file"
      ? worker
      : { compatibilityDate: BUNDLE_COMPATIBILITY_DATE, compatibilityFlags: [] };
  return {
    name: workerName,
    file,
    compatibilityDate,
    compatibilityFlags,
    bindings: bindingsOf(environment, file),
    observability,
  };
}

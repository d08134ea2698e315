import { BUNDLE_COMPATIBILITY_DATE } from "../bundle.ts";
import { exampleValues } from "../environments/definition/example-values.ts";
import { stateBackend } from "../environments/definition/state-backend.ts";
import type { Environment, NamedEnvironment } from "../environments/environment.ts";
import { routesOf } from "../routes/expand.ts";
import { publishUrl } from "../routes/publish-url.ts";
import { bindingsOf, secretVariablesOf } from "./bindings.ts";
import type { ConfigurationSpec, ConnectorSpec, WorkerFile, WorkerSpec } from "./specification.ts";

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
  const { name, environment } = named;
  const promotedFrom = all.find((other) => other.name === environment.promotedFrom);
  const routes = environment.sites.flatMap(routesOf);
  return {
    environment: name,
    accountId: environment.accountId,
    // Unique in an account as long as the names of environments are.
    namespace: { title: `queueit-${name}-integration-config` },
    configuration: configurationOf(environment, readConfiguration),
    worker: workerOf(environment, workerFile),
    routes: [
      ...routes.filter((route) => route.kind === "bypass"),
      ...routes.filter((route) => route.kind === "protect"),
    ],
    publishUrl: publishUrl(environment.sites[0]),
    secretVariables: secretVariablesOf(environment),
    backend: stateBackend(named),
    promotedFrom: promotedFrom && { environment: promotedFrom.name, backend: stateBackend(promotedFrom) },
    exampleValues: exampleValues(environment).map(({ path, value }) => `${path} is "${value}"`),
  };
}

function configurationOf(
  { integrationConfiguration = { owner: "publish" } }: Environment,
  read: SpecifyInput["readConfiguration"],
): ConfigurationSpec {
  if (integrationConfiguration.owner === "file") {
    return { owner: "file", value: read(integrationConfiguration.path) };
  }
  const { owner, seed: path } = integrationConfiguration;
  const seed = path === undefined ? EMPTY_CONFIGURATION : read(path);
  if (owner === "publish") return { owner, seed };
  return { owner, seed, cron: integrationConfiguration.cron ?? "*/5 * * * *" };
}

function workerOf(environment: Environment, file: WorkerFile): WorkerSpec {
  const { worker = { source: "bundled" }, observability = { enabled: true } } = environment;
  const runtime =
    worker.source === "bundled"
      ? { compatibilityDate: BUNDLE_COMPATIBILITY_DATE, compatibilityFlags: [] }
      : {
          compatibilityDate: worker.compatibilityDate ?? BUNDLE_COMPATIBILITY_DATE,
          compatibilityFlags: worker.compatibilityFlags ?? ["nodejs_compat"],
        };
  return {
    name: environment.workerName,
    file,
    ...runtime,
    bindings: bindingsOf(environment, file),
    observability: { enabled: observability.enabled, samplingRate: observability.samplingRate ?? 1 },
  };
}

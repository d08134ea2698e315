import { SECRETS, VARIABLES } from "../../worker/deployment/variables.ts";
import type { AccountInventory, AccountNamespace } from "../account/account-inventory.ts";
import type { DeployedWorker } from "../account/deployed-worker.ts";
import type { WorkerTraffic } from "../account/worker-traffic.ts";
import type { SourceNotes } from "../environments/definition/environment-source.ts";
import { settledTitle } from "../environments/definition/settled.ts";
import type {
  Environment,
  IntegrationConfigurationOwner,
  SecretsStrategy,
  Site,
  WorkerSource,
} from "../environments/environment.ts";
import { chainedSource, chainFindings, chainOf } from "./chained-worker.ts";
import { configurationFindings } from "./configuration-findings.ts";
import { isOurs } from "./connector-marks.ts";
import { customerIdOf } from "./customer-id.ts";
import { failureOf, featuresOf } from "./features-of.ts";
import { type AdoptionFinding, stop } from "./finding.ts";
import { type KnownSecret, pastedSecretNames } from "./pasted-secrets.ts";
import { routeFindings } from "./route-findings.ts";
import { secretFindings } from "./secret-findings.ts";
import { sitesOfRoutes } from "./sites-of-routes.ts";
import { cannotKeep, replaced, settingFindings, trafficFindings } from "./worker-findings.ts";
import { type CalledNames, type FoundNames, namesOf } from "./worker-names.ts";

/** A connector as it was found in an account. */
export interface FoundConnector {
  readonly inventory: AccountInventory;
  readonly worker: DeployedWorker;
  readonly traffic: WorkerTraffic;
  /** Where its integration configuration is; undefined where no binding leads to one. */
  readonly namespace: AccountNamespace | undefined;
  /** What the namespace holds under the key; undefined where it holds nothing. */
  readonly configuration: string | undefined;
}

/** What cannot be read from the account. */
export interface AdoptionChoices {
  /** Of the environment that is to be written. */
  readonly environment: string;
  /** Whether the Worker that runs stays, as a file, or this project's own is uploaded in its place. */
  readonly worker: "keep" | "replace";
  /** Used where the account does not tell it. */
  readonly customerId: string | undefined;
  /** Secrets that must not be in the Worker's source, beside what looks like one. */
  readonly knownSecrets: readonly KnownSecret[];
  /**
   * What the Worker calls things of the manual, where their names do not tell.
   * @default nothing is told
   */
  readonly called?: CalledNames;
}

export interface Adoption {
  readonly environment: Environment;
  readonly notes: SourceNotes;
  readonly findings: readonly AdoptionFinding[];
  /** Files that the environment names, relative to the project's root. */
  readonly files: readonly AdoptedFile[];
}

export interface AdoptedFile {
  readonly path: string;
  /** What it is, in words. */
  readonly what: string;
  readonly content: Uint8Array;
}

/** The environment that describes what was found, and everything that it cannot say. */
export function adoptionOf(connector: FoundConnector, choices: AdoptionChoices): Adoption {
  const { inventory, worker, traffic, namespace, configuration } = connector;
  const { environment: name } = choices;
  const names = namesOf(worker.bindings, namespace?.id, choices.called);
  const found = sitesOfRoutes(worker.name, inventory.zones);
  const customerId = customerIdOf({ names, worker, configuration }) ?? choices.customerId;
  const keepsWorker = choices.worker === "keep" && !isOurs(worker);
  const [site, ...others] = found.sites;
  const chain = chainOf(worker, choices.called);
  const chained = keepsWorker ? undefined : chainedSource(chain);
  const workerPath = `connectors/${name}.js`;
  const owner = ownerOf(names, worker, `configurations/${name}.json`);
  const secrets = secretsOf(names);
  const failure = failureOf(names);
  const environment: Environment = {
    accountId: inventory.accountId,
    workerName: worker.name,
    // Without a site there is a finding that stops, and nothing is written.
    sites: [site ?? NO_SITE, ...others],
    queueIt: { customerId: customerId ?? "", ...featuresOf(names) },
    integrationConfiguration: owner,
    secrets,
    ...(failure !== undefined && { failure }),
    ...(worker.observability && { observability: worker.observability }),
    ...(keepsWorker && { worker: fileWorker(worker, names, workerPath) }),
    ...(chained !== undefined && { worker: chained }),
    ...(namespace !== undefined &&
      namespace.title !== settledTitle(name) && { namespaceTitle: namespace.title }),
    adopted: {
      ...(namespace !== undefined && {
        namespaceId: namespace.id,
        configuration: configuration !== undefined,
      }),
      worker: true,
      routes: found.adopted,
    },
  };
  const pasted = pastedSecretNames(worker, choices.knownSecrets);
  const cron = owner.owner === "pull" ? owner.cron : undefined;
  return {
    environment,
    notes: NOTES,
    findings: [
      ...routeFindings(worker.name, found, inventory),
      ...(customerId === undefined ? [NO_CUSTOMER] : []),
      ...configurationFindings({
        worker: worker.name,
        keepsWorker,
        owner: owner.owner,
        namespace,
        configuration,
        countsUses: environment.queueIt.verifyAction !== undefined,
      }),
      ...(keepsWorker
        ? cannotKeep(worker, names, pasted)
        : [...replaced(worker, names), ...chainFindings(worker, chain)]),
      ...trafficFindings(worker, traffic, keepsWorker),
      ...secretFindings(names, secrets, pasted),
      ...settingFindings(worker, inventory, cron),
    ],
    files: [
      ...(keepsWorker
        ? worker.files
            .slice(0, 1)
            .map(({ content }) => ({ path: workerPath, what: "the Worker's source", content }))
        : []),
      ...(owner.owner === "file" && configuration !== undefined
        ? [
            {
              path: owner.path,
              what: "the integration configuration that KV holds",
              content: Buffer.from(configuration),
            },
          ]
        : []),
    ],
  };
}

const NO_SITE: Site = { zoneId: "", hostname: "" };

const NO_CUSTOMER = stop(
  "The account does not tell Queue-it's customer id.",
  "give it with --customer-id ID",
);

const NOTES: SourceNotes = {
  heading: [
    "Written by queueit-cf adopt from what the account had. Your editor explains what else can be set.",
  ],
  above: new Map([
    ["adopted", ["The first deploy takes these over. They may be deleted here once it is done."]],
  ]),
};

/**
 * Who owns the configuration: the Worker says it, where it is this project's. Another Worker fetches it where it
 * runs on a schedule and has the key to do so.
 *
 * @param path Where a file of the project has it.
 */
function ownerOf(
  names: FoundNames,
  { schedules }: DeployedWorker,
  path: string,
): IntegrationConfigurationOwner {
  const [cron] = schedules;
  const told = names.get(VARIABLES.configurationOwner)?.text;
  if (told === "file") return { owner: "file", path };
  const isPulled = told === undefined ? cron !== undefined && names.has(SECRETS.apiKey) : told === "pull";
  if (!isPulled) return { owner: "publish" };
  return { owner: "pull", ...(cron !== undefined && { cron }) };
}

function secretsOf(names: FoundNames): SecretsStrategy {
  const key = names.get(SECRETS.secretKey);
  if (key?.type !== "secrets_store_secret" || key.storeId === undefined) return { strategy: "variables" };
  const entries = Object.entries(SECRETS).flatMap(([secret, name]) => {
    const held = names.get(name)?.secretName;
    return held === undefined || held === name ? [] : [[secret, held] as const];
  });
  return {
    strategy: "secrets-store",
    storeId: key.storeId,
    ...(entries.length > 0 && { names: Object.fromEntries(entries) }),
  };
}

function fileWorker(worker: DeployedWorker, names: FoundNames, path: string): WorkerSource {
  const renamed = [...names].flatMap(([given, { name }]) => (given === name ? [] : [[given, name] as const]));
  return {
    source: "file",
    path,
    format: worker.format,
    ...(renamed.length > 0 && { names: Object.fromEntries(renamed) }),
    ...(worker.compatibilityDate !== undefined && { compatibilityDate: worker.compatibilityDate }),
    compatibilityFlags: worker.compatibilityFlags,
  };
}

import { CONFIGURATION_BINDING, SECRETS, VARIABLES } from "../../worker/deployment/variables.ts";
import type { AccountInventory, AccountNamespace } from "../account/account-inventory.ts";
import type { DeployedBinding, DeployedWorker } from "../account/deployed-worker.ts";
import type { SourceNotes } from "../environments/definition/environment-source.ts";
import { settledTitle } from "../environments/definition/settled.ts";
import type {
  Environment,
  IntegrationConfigurationOwner,
  SecretsStrategy,
  Site,
  WorkerSource,
} from "../environments/environment.ts";
import { isOurs } from "./connector-marks.ts";
import { customerIdOf } from "./customer-id.ts";
import { failureOf, featuresOf } from "./features-of.ts";
import { pastedSecretNames } from "./pasted-secrets.ts";
import { type LeftRoute, sitesOfRoutes } from "./sites-of-routes.ts";
import { type FoundNames, namesOf } from "./worker-names.ts";

/** A connector as it was found in an account. */
export interface FoundConnector {
  readonly inventory: AccountInventory;
  readonly worker: DeployedWorker;
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
}

/** What a person has to know before anything is written, or has to do before it can be. */
export interface AdoptionFinding {
  /** `stop`: nothing can be written until it is settled. `note`: it is written, and this is what it means. */
  readonly level: "stop" | "note";
  readonly what: string;
  readonly remedy: string;
}

export interface Adoption {
  readonly environment: Environment;
  readonly notes: SourceNotes;
  readonly findings: readonly AdoptionFinding[];
  /** Files that the environment names, relative to the project's root. */
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
}

/** The environment that describes what was found, and everything that it cannot say. */
export function adoptionOf(connector: FoundConnector, choices: AdoptionChoices): Adoption {
  const { inventory, worker, namespace, configuration } = connector;
  const names = namesOf(worker.bindings, namespace?.id);
  const { sites, adopted, left } = sitesOfRoutes(worker.name, inventory.zones);
  const customerId = customerIdOf({ names, worker, configuration }) ?? choices.customerId;
  const keepsWorker = choices.worker === "keep" && !isOurs(worker);
  const [site, ...others] = sites;
  const path = `connectors/${choices.environment}.js`;
  const owner = ownerOf(names, worker);
  const failure = failureOf(names);
  const environment: Environment = {
    accountId: inventory.accountId,
    workerName: worker.name,
    // Without a site there is a finding that stops, and nothing is written.
    sites: [site ?? NO_SITE, ...others],
    queueIt: { customerId: customerId ?? "", ...featuresOf(names) },
    integrationConfiguration: owner,
    secrets: secretsOf(names),
    ...(failure !== undefined && { failure }),
    ...(keepsWorker && { worker: fileWorker(worker, names, path) }),
    ...(namespace !== undefined &&
      namespace.title !== settledTitle(choices.environment) && { namespaceTitle: namespace.title }),
    adopted: {
      ...(namespace !== undefined && {
        namespaceId: namespace.id,
        configuration: configuration !== undefined,
      }),
      worker: true,
      routes: adopted,
    },
  };
  return {
    environment,
    notes: NOTES,
    findings: [
      ...(site === undefined ? [noSite(worker.name, left)] : []),
      ...(customerId === undefined ? [NO_CUSTOMER] : []),
      ...(namespace === undefined ? [noNamespace(worker)] : []),
      ...(keepsWorker ? cannotKeep(worker, names) : replaced(worker, names)),
      ...secretFindings(worker, names),
      ...left.map(leftFinding),
      ...deployedByWrangler(inventory, worker.name),
      ...(worker.schedules.length > 1 ? [severalSchedules(worker.schedules)] : []),
    ],
    files: keepsWorker ? worker.files.slice(0, 1).map(({ content }) => ({ path, content })) : [],
  };
}

const NO_SITE: Site = { zoneId: "", hostname: "" };

const NOTES: SourceNotes = {
  heading: [
    "Written by queueit-cf adopt from what the account had. What can be set here is explained in environment.ts.",
  ],
  above: new Map([
    ["adopted", ["The first deploy takes these over. They may be deleted here once it is done."]],
  ]),
};

function ownerOf(names: FoundNames, { schedules }: DeployedWorker): IntegrationConfigurationOwner {
  const [cron] = schedules;
  const told = names.get(VARIABLES.configurationOwner)?.text;
  const isPulled = told === undefined ? cron !== undefined : told === "pull";
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

/** Why the Worker that runs cannot stay. */
function cannotKeep(worker: DeployedWorker, names: FoundNames): readonly AdoptionFinding[] {
  const remedy = "adopt it with --worker replace, which uploads this project's own Worker in its place";
  const pasted = pastedSecretNames(worker);
  const unknown = unknownBindings(worker, names);
  return [
    ...(worker.files.length > 1
      ? [stop(`The Worker ${worker.name} has ${worker.files.length} files, and one can be kept.`, remedy)]
      : []),
    ...(pasted.length > 0
      ? [
          stop(
            `The source of the Worker ${worker.name} has ${pasted.join(" and ")} written into it, and would ` +
              "carry it into this repository.",
            remedy,
          ),
        ]
      : []),
    ...(unknown.length > 0
      ? [
          stop(
            `The Worker ${worker.name} also has ${unknown.map(bindingWords).join(", ")}, which an environment ` +
              "cannot say: the first deploy would take it away from a Worker that may need it.",
            remedy,
          ),
        ]
      : []),
  ];
}

/** What this project's own Worker changes in the place of the one that runs. */
function replaced(worker: DeployedWorker, names: FoundNames): readonly AdoptionFinding[] {
  if (isOurs(worker)) return [];
  const unknown = unknownBindings(worker, names);
  return [
    note(
      `The first deploy uploads this project's own Worker in the place of ${worker.name}. Sessions stay valid ` +
        "as long as the secret key is the same.",
      "try it with: npx queueit-cf preview, and keep the old source at hand",
    ),
    ...(unknown.length > 0
      ? [
          note(
            `The first deploy takes away ${unknown.map(bindingWords).join(", ")}, which this project's Worker ` +
              "does not use.",
            "keep the values if something else needs them",
          ),
        ]
      : []),
  ];
}

function unknownBindings({ bindings }: DeployedWorker, names: FoundNames): readonly DeployedBinding[] {
  const known = new Set([...names.values()].map(({ name }) => name));
  return bindings.filter(({ name }) => !known.has(name));
}

function bindingWords({ type, name }: DeployedBinding): string {
  return `${name} (${type})`;
}

function secretFindings(worker: DeployedWorker, names: FoundNames): readonly AdoptionFinding[] {
  const pasted = pastedSecretNames(worker);
  const held = Object.values(SECRETS).flatMap((name) => names.get(name) ?? []);
  const inClear = held.filter(({ type }) => type === "plain_text");
  const unreadable = held.filter(({ type }) => type === "secret_text");
  const isMissing = !names.has(SECRETS.secretKey) && pasted.length === 0;
  return [
    ...(unreadable.length > 0
      ? [
          note(
            `Cloudflare does not tell the value of ${unreadable.map(({ name }) => name).join(", ")}, and the ` +
              "first deploy uploads it again.",
            "set TF_VAR_queueit_secret_key to the very value of Queue-it's GO platform, or put it into a Secrets " +
              'Store and write secrets: { strategy: "secrets-store" }; with another value every session ends',
          ),
        ]
      : []),
    ...inClear.map(({ name }) =>
      note(
        `${name} is a variable in clear: whoever reads the Worker's settings reads it. It becomes a secret with the ` +
          "first deploy.",
        "set it as TF_VAR_…, and consider a new key: this one may have been seen",
      ),
    ),
    ...(pasted.length > 0
      ? [
          note(
            `The Worker's source has ${pasted.join(" and ")} written into it: whoever reads the source reads it.`,
            "set it as TF_VAR_…, and consider a new key: this one may have been seen",
          ),
        ]
      : []),
    ...(isMissing
      ? [
          note(
            "No secret key was found among the Worker's bindings.",
            "set TF_VAR_queueit_secret_key to the one of Queue-it's GO platform",
          ),
        ]
      : []),
  ];
}

function noSite(worker: string, left: readonly LeftRoute[]): AdoptionFinding {
  return left.some(({ script }) => script === worker)
    ? stop(
        `The Worker ${worker} has only routes for many hosts, and an environment names each of its hosts.`,
        "add a route for each host to it in the dashboard, for example shop.example.com/*, then adopt again",
      )
    : stop(
        `No route leads to the Worker ${worker} in the zones that the token sees.`,
        "give the token Zone · Workers Routes · Read for its zones, or name another one with --name",
      );
}

const NO_CUSTOMER = stop(
  "The account does not tell Queue-it's customer id.",
  "give it with --customer-id ID",
);

function noNamespace({ name }: DeployedWorker): AdoptionFinding {
  return note(
    `The Worker ${name} has no KV namespace with an integration configuration. The first deploy makes one, ` +
      `bound as ${CONFIGURATION_BINDING}, and nobody queues until a configuration is published to it.`,
    "publish the integration configuration in Queue-it's GO platform right after the first deploy, or give " +
      "it as a seed",
  );
}

function leftFinding({ pattern, script, why }: LeftRoute): AdoptionFinding {
  return why === "wildcard-host"
    ? note(
        `The route ${pattern} is for many hosts: it stays as it is, outside of Terraform, and still works.`,
        "add a site for each host that has to queue, then delete the route in the dashboard",
      )
    : note(
        `The route ${pattern} belongs to the Worker ${script ?? "of nobody"}: its pages are not queued.`,
        "leave it, or take it away from that Worker first",
      );
}

function deployedByWrangler({ workers }: AccountInventory, name: string): readonly AdoptionFinding[] {
  const deployedFrom = workers.find((worker) => worker.name === name)?.deployedFrom;
  if (deployedFrom !== "wrangler") return [];
  return [
    note(
      `${name} was deployed by wrangler: whoever runs it again undoes what is deployed from here.`,
      "delete its wrangler configuration, and its job in the pipeline",
    ),
  ];
}

function severalSchedules(schedules: readonly string[]): AdoptionFinding {
  return note(
    `The Worker runs on ${schedules.length} schedules (${schedules.join("; ")}); an environment has one.`,
    "choose it with cron",
  );
}

function stop(what: string, remedy: string): AdoptionFinding {
  return { level: "stop", what, remedy };
}

function note(what: string, remedy: string): AdoptionFinding {
  return { level: "note", what, remedy };
}

import { CONFIGURATION_BINDING, CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import {
  type AccountInventory,
  type AccountNamespace,
  accountInventory,
  visibleAccounts,
} from "../../account/account-inventory.ts";
import { type DeployedWorker, deployedWorker } from "../../account/deployed-worker.ts";
import { kvValue } from "../../account/kv-value.ts";
import type { CloudflareAccess } from "../../account/read-api.ts";
import { readNotes } from "../../account/switch-notes.ts";
import { workerTraffic } from "../../account/worker-traffic.ts";
import type { FoundConnector } from "../../adopt/adoption.ts";
import { type Candidate, candidatesOf, workersToLookAt } from "../../adopt/find-connector.ts";
import type { Console } from "../../console/console.ts";
import { UserError } from "../../errors/user-error.ts";
import { switchedWords } from "../../specification/switch-words.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";

export interface ConnectorQuestion {
  /** Cloudflare account id, where it was given. */
  readonly account: string | undefined;
  /** Name of the Worker, where it was given. */
  readonly name: string | undefined;
  /** Environments that deploy a Worker already, by account id and the Worker's name. */
  readonly taken: (accountId: string, worker: string) => string | undefined;
}

/** More Workers than that are not looked into one by one: each takes three requests. */
const MOST_WORKERS = 150;
/** So many names of Workers are listed in a message. */
const LISTED = 20;

/**
 * Finds the connector that is to be adopted, and reads everything of it.
 *
 * @throws UserError when there is none, it is not clear which, or Cloudflare does not tell.
 */
export async function findConnector(
  { account, name, taken }: ConnectorQuestion,
  access: CloudflareAccess,
  speaks: Console,
): Promise<FoundConnector> {
  const accountId = account ?? (await pickAccount(access, speaks));
  if (!/^[0-9a-f]{32}$/.test(accountId)) {
    throw new UserError(
      "account-unclear",
      `${JSON.stringify(accountId)} is not an account id, which has 32 hexadecimal characters. It is in the ` +
        "dashboard's address bar: --account ID",
    );
  }
  speaks.progress("Reading the account's zones, routes, Workers and KV namespaces …");
  const inventory = await accountInventory(accountId, access, speaks.progress);
  const ownerOf = (worker: string) => taken(accountId, worker);
  const worker =
    name === undefined
      ? await pickWorker(inventory, ownerOf, access, speaks)
      : await namedWorker(name, inventory, access);
  const owner = ownerOf(worker.name);
  if (owner !== undefined) throw workerTaken(worker.name, owner);
  const traffic = await workerTraffic(accountId, worker.name, access);
  const configuration = await configurationOf(worker, inventory, access);
  await requireSwitchedOn(accountId, worker.name, configuration.namespace, access);
  return { inventory, worker, traffic, ...configuration };
}

/** Its routes would be taken for bypasses. @throws UserError where something of it is switched. */
async function requireSwitchedOn(
  accountId: string,
  worker: string,
  namespace: AccountNamespace | undefined,
  access: CloudflareAccess,
): Promise<void> {
  if (namespace === undefined) return;
  const notes = await readNotes({ accountId, namespaceId: namespace.id }, access);
  const [note] = notes;
  if (note === undefined) return;
  const zones = notes.flatMap((one) => (one.kind === "off" ? one.routes.map(({ zoneId }) => zoneId) : []));
  const place = [
    ...["--account", accountId],
    ...[...new Set(zones)].flatMap((id) => ["--zone", id]),
    ...["--worker", worker],
  ].join(" ");
  const back = note.kind === "off" ? `on ${place}` : `failure ${note.was} ${place}`;
  throw new UserError(
    "connector-switched",
    `The Worker ${worker} is not as it was deployed: ${note.kind === "off" ? `${note.host} is switched off` : `its failure mode is switched to ${note.mode}`} ` +
      `${switchedWords({ ...note, keys: [] })}. Its environment would describe that as how it is meant to be. Switch it back ` +
      `first: npx queueit-cf switch ${back}`,
  );
}

function workerTaken(worker: string, environment: string): UserError {
  return new UserError(
    "worker-adopted",
    `The Worker ${worker} is the one of the environment ${environment} already ` +
      `(infra/environments/${environment}.ts), and two environments that deploy it would undo each other's work. ` +
      "Name another Worker with --name, or work with that environment.",
  );
}

async function pickAccount(access: CloudflareAccess, speaks: Console): Promise<string> {
  const accounts = await visibleAccounts(access);
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0) return only.id;
  if (only === undefined) {
    throw new UserError(
      "account-unclear",
      "The token does not list its account. Name it with --account ID: the id is in the dashboard's address bar.",
    );
  }
  const list = accounts.map(({ id, name }) => `- ${id} (${name})`).join("\n");
  if (speaks.canAsk()) {
    speaks.say(`The token sees several accounts:\n${list}`);
    const answer = (await speaks.ask("Which of them? Its id:")).trim();
    if (accounts.some(({ id }) => id === answer)) return answer;
  }
  throw new UserError(
    "account-unclear",
    `The token sees several accounts. Name one of them with --account ID:\n${list}`,
  );
}

async function namedWorker(
  name: string,
  { accountId, workers }: AccountInventory,
  access: CloudflareAccess,
): Promise<DeployedWorker> {
  const worker = workers.some((each) => each.name === name)
    ? await deployedWorker(accountId, name, access)
    : undefined;
  if (worker !== undefined) return worker;
  throw new UserError(
    "connector-missing",
    `The account has no Worker ${JSON.stringify(name)}. It has ${listed(workers.map((each) => each.name))}.`,
  );
}

async function pickWorker(
  inventory: AccountInventory,
  ownerOf: (worker: string) => string | undefined,
  access: CloudflareAccess,
  speaks: Console,
): Promise<DeployedWorker> {
  const all = workersToLookAt(inventory);
  const names = all.filter((name) => ownerOf(name) === undefined);
  if (names.length > MOST_WORKERS) {
    throw new UserError(
      "connector-unclear",
      `The account has ${names.length} Workers that may be a connector, too many to look into each of them. Name it ` +
        `with --name WORKER. There are ${listed(names)}.`,
    );
  }
  const candidates: Candidate[] = [];
  for (const [index, name] of names.entries()) {
    speaks.progress(`Looking at the Worker ${name} (${index + 1} of ${names.length}) …`);
    const worker = await deployedWorker(inventory.accountId, name, access);
    // What is not a connector is forgotten at once: a Worker may have 10 MB.
    if (worker !== undefined) candidates.push(...candidatesOf([worker], inventory));
  }
  const [only, ...others] = candidates;
  if (only === undefined) {
    const taken = all.flatMap((name) => {
      const owner = ownerOf(name);
      return owner === undefined ? [] : [`${name} (${owner})`];
    });
    throw noConnector(inventory, taken);
  }
  if (others.length === 0) return only.worker;
  const list = candidates.map((candidate) => `- ${candidateWords(candidate)}`).join("\n");
  if (speaks.canAsk()) {
    speaks.say(`Several Workers look like a Queue-it connector:\n${list}`);
    const answer = (await speaks.ask("Which of them? Its name:")).trim();
    const chosen = candidates.find(({ worker }) => worker.name === answer);
    if (chosen !== undefined) return chosen.worker;
  }
  throw new UserError(
    "connector-unclear",
    `Several Workers look like a Queue-it connector. Each becomes an environment of its own; name one with --name:\n${list}`,
  );
}

/** @param taken Workers that environments deploy already, each with its environment. */
function noConnector({ workers }: AccountInventory, taken: readonly string[]): UserError {
  const none =
    taken.length === 0
      ? `None of the account's Workers (${listed(workers.map(({ name }) => name))}) looks like a Queue-it connector ` +
        "that the token can see routes of."
      : `All that the token sees of connectors, environments of this project deploy already: ${listed(taken)}.`;
  return new UserError("connector-missing", `${none} If there is another one, name it: --name WORKER`);
}

function candidateWords({ worker, marks, patterns }: Candidate): string {
  const routes = patterns.length === 0 ? "no route" : listed(patterns);
  return `${worker.name}: ${routes} (${marks.join(", ")})`;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - LISTED;
  return names.slice(0, LISTED).join(", ") + (more > 0 ? `, and ${more} more` : "");
}

/**
 * The namespace that a binding leads to and that holds a configuration, by the manual's name first; else the one
 * bound by that name.
 */
async function configurationOf(
  { bindings }: DeployedWorker,
  { accountId, namespaces }: AccountInventory,
  access: CloudflareAccess,
): Promise<Pick<FoundConnector, "namespace" | "configuration">> {
  const bound = bindings.flatMap(({ type, name, namespaceId }) =>
    namespaces
      .filter(({ id }) => type === "kv_namespace" && id === namespaceId)
      .map((namespace) => ({ namespace, isNamed: name === CONFIGURATION_BINDING })),
  );
  const held: (Pick<FoundConnector, "configuration"> & { namespace: AccountNamespace; isNamed: boolean })[] =
    [];
  for (const each of bound) {
    const namespaceId = each.namespace.id;
    held.push({
      ...each,
      configuration: await kvValue({ accountId, namespaceId }, CONFIGURATION_KEY, access),
    });
  }
  const found =
    held.find(({ isNamed }) => isNamed) ??
    held.find(
      ({ configuration }) => configuration !== undefined && readConfigurationFile(configuration).ok,
    ) ??
    held.find(({ configuration }) => configuration !== undefined);
  return { namespace: found?.namespace, configuration: found?.configuration };
}

import { chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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
import { type Adoption, type FoundConnector, adoptionOf } from "../../adopt/adoption.ts";
import { adoptionJson, adoptionText } from "../../adopt/adoption-text.ts";
import { isOurs } from "../../adopt/connector-marks.ts";
import { type Candidate, candidatesOf, workersToLookAt } from "../../adopt/find-connector.ts";
import type { Console } from "../../console/console.ts";
import { environmentSource } from "../../environments/definition/environment-source.ts";
import type { EnvironmentFile } from "../../environments/definition/environment-file.ts";
import { problemReport } from "../../environments/definition/report.ts";
import { validateEnvironments } from "../../environments/definition/validation.ts";
import { UserError } from "../../errors/user-error.ts";
import { writeDurably } from "../../files/durable-write.ts";
import { PROJECT_ROOT } from "../../files/project-root.ts";
import { environmentPlace } from "../../project/environment-file-path.ts";
import { loadEnvironments } from "../../project/load-environments.ts";
import { readProjectFile } from "../../project/project-file.ts";
import { terminal, terminalBesideJson } from "./terminal.ts";
import { cloudflareAccess } from "./workspace.ts";

export interface AdoptOptions {
  readonly account?: string;
  readonly name?: string;
  readonly worker?: "keep" | "replace";
  readonly customerId?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Describes a connector that the account has as an environment, and writes it once that is confirmed. */
export async function runAdopt(environment: string, options: AdoptOptions): Promise<void> {
  const speaks = options.json === true ? terminalBesideJson : terminal;
  const files = await loadEnvironments();
  const place = await environmentPlace(environment, files);
  if (place.kind === "taken") {
    throw new UserError(
      "environment-exists",
      `${place.path} is there already, and is not the shipped example: nothing was read or written. Adopt under ` +
        "another name, or move the file away first.",
    );
  }
  const connector = await findConnector(options, cloudflareAccess(), speaks);
  const worker = options.worker ?? (await askWorker(connector.worker, speaks));
  const customerId = options.customerId;
  const adoption = adoptionOf(connector, { environment, worker, customerId });
  const source = environmentSource(adoption.environment, adoption.notes);
  requireAdoptable(environment, adoption, files);
  await requireFree(adoption.files);

  const found = { name: environment, path: place.path, source, connector, adoption };
  speaks.say(adoptionText(found));
  const question =
    place.kind === "example" ? `Replace the example in ${place.path}?` : `Write ${place.path}?`;
  const isConfirmed = options.yes === true || (await speaks.confirm(question));
  if (isConfirmed) await write([...adoption.files, { path: place.path, content: Buffer.from(source) }]);
  if (options.json === true) terminal.print(adoptionJson(found, isConfirmed));
  speaks.say(
    isConfirmed
      ? `Written. Nothing was changed in the account. Next: npx queueit-cf plan ${environment}`
      : "Nothing was written. To write it without a question, add --yes.",
  );
}

async function findConnector(
  options: AdoptOptions,
  access: CloudflareAccess,
  speaks: Console,
): Promise<FoundConnector> {
  const accountId = options.account ?? (await onlyAccount(access));
  speaks.progress("Reading the account's zones, routes, Workers and KV namespaces …");
  const inventory = await accountInventory(accountId, access);
  const worker = await pickWorker(options.name, inventory, access, speaks);
  return { inventory, worker, ...(await configurationOf(worker, inventory, access)) };
}

async function onlyAccount(access: CloudflareAccess): Promise<string> {
  const accounts = await visibleAccounts(access);
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0) return only.id;
  const list = accounts.map(({ id, name }) => `${id} (${name})`).join(", ");
  throw new UserError(
    "account-unclear",
    only === undefined
      ? "The token does not list its account. Name it with --account ID: the id is in the dashboard's address bar."
      : `The token sees several accounts: ${list}. Name one with --account ID.`,
  );
}

async function pickWorker(
  name: string | undefined,
  inventory: AccountInventory,
  access: CloudflareAccess,
  speaks: Console,
): Promise<DeployedWorker> {
  const { accountId } = inventory;
  const names = name === undefined ? workersToLookAt(inventory) : [name];
  const workers: DeployedWorker[] = [];
  for (const [index, each] of names.entries()) {
    speaks.progress(`Looking at the Worker ${each} (${index + 1} of ${names.length}) …`);
    const worker = await deployedWorker(accountId, each, access);
    if (worker !== undefined) workers.push(worker);
  }
  const [named] = workers;
  if (name !== undefined && named !== undefined) return named;
  const candidates = candidatesOf(workers, inventory);
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only.worker;
  if (only === undefined) throw noConnector(name, inventory);
  const answer = await speaks.ask(`${listOf(candidates)}\nWhich of them?`);
  const chosen = candidates.find(({ worker }) => worker.name === answer.trim());
  if (chosen !== undefined) return chosen.worker;
  throw new UserError(
    "connector-unclear",
    `Several Workers look like a Queue-it connector. Name one with --name: ${listOf(candidates)}`,
  );
}

function noConnector(name: string | undefined, { workers }: AccountInventory): UserError {
  return new UserError(
    "connector-missing",
    name === undefined
      ? `None of the account's ${workers.length} Workers looks like a Queue-it connector that the token can see ` +
          "routes of. Name it with --name WORKER, or begin from nothing: npx queueit-cf init"
      : `The account has no Worker ${JSON.stringify(name)}. It has ${workers.map((each) => each.name).join(", ")}.`,
  );
}

function listOf(candidates: readonly Candidate[]): string {
  return candidates
    .map(
      ({ worker, marks, patterns }) =>
        `${worker.name} (${marks.join(", ")}; routes: ${patterns.length === 0 ? "none" : patterns.join(", ")})`,
    )
    .join("; ");
}

/** The namespace that a binding leads to and that holds a configuration; else the one bound by the manual's name. */
async function configurationOf(
  { bindings }: DeployedWorker,
  { accountId, namespaces }: AccountInventory,
  access: CloudflareAccess,
): Promise<Pick<FoundConnector, "namespace" | "configuration">> {
  const bound = bindings
    .filter(({ type }) => type === "kv_namespace")
    .sort((a, b) => Number(b.name === CONFIGURATION_BINDING) - Number(a.name === CONFIGURATION_BINDING));
  const known = bound.flatMap(({ name, namespaceId }): (AccountNamespace & { binding: string })[] =>
    namespaces.filter(({ id }) => id === namespaceId).map((namespace) => ({ ...namespace, binding: name })),
  );
  for (const { id, title } of known) {
    const configuration = await kvValue({ accountId, namespaceId: id }, CONFIGURATION_KEY, access);
    if (configuration !== undefined) return { namespace: { id, title }, configuration };
  }
  const named = known.find(({ binding }) => binding === CONFIGURATION_BINDING);
  return {
    namespace: named && { id: named.id, title: named.title },
    configuration: undefined,
  };
}

async function askWorker(worker: DeployedWorker, speaks: Console): Promise<"keep" | "replace"> {
  if (isOurs(worker)) return "replace";
  const answer = await speaks.ask(
    `Keep the Worker ${worker.name} that runs now as a file of this repository, or replace it by this project's ` +
      "own with the first deploy? (keep/replace)",
  );
  const choice = answer.trim().toLowerCase();
  if (choice === "keep" || choice === "replace") return choice;
  throw new UserError(
    "worker-choice",
    `Say what becomes of the Worker ${worker.name}, which is not this project's: --worker keep leaves its code as it ` +
      "is and stores it in this repository, --worker replace uploads this project's own with the first deploy.",
  );
}

function requireAdoptable(name: string, adoption: Adoption, files: readonly EnvironmentFile[]): void {
  const stops = adoption.findings.filter(({ level }) => level === "stop");
  if (stops.length > 0) {
    throw new UserError(
      "adoption-stopped",
      `Nothing was written. ${stops.map(({ what, remedy }) => `${what} → ${remedy}`).join("\n")}`,
    );
  }
  const written = { name, environment: adoption.environment };
  const all = [...files.filter((other) => other.name !== name), written].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const added = new Map(adoption.files.map(({ path, content }) => [path, content]));
  const problems = validateEnvironments(all, (path) => added.get(path) ?? readProjectFile(path)).filter(
    ({ severity, environment }) => severity === "error" && environment === name,
  );
  if (problems.length === 0) return;
  throw new UserError(
    "adoption-invalid",
    `Nothing was written: what the account has cannot be said as an environment of this project.\n${problemReport(problems)}`,
  );
}

/** @throws UserError when a file of the Worker would replace another one. */
async function requireFree(files: Adoption["files"]): Promise<void> {
  for (const { path, content } of files) {
    const there = await readFile(join(PROJECT_ROOT, path)).catch(() => undefined);
    if (there === undefined || there.equals(content)) continue;
    throw new UserError(
      "adopted-file-exists",
      `${path} is there already, with other content, and would be replaced by the Worker's source: nothing was ` +
        "written. Move it away first.",
    );
  }
}

/** The environment comes last: it names the other file. */
async function write(
  files: readonly { readonly path: string; readonly content: Uint8Array }[],
): Promise<void> {
  for (const { path, content } of files) {
    const absolute = join(PROJECT_ROOT, path);
    await mkdir(dirname(absolute), { recursive: true });
    await writeDurably(absolute, content);
    // A file of the repository, which everybody of the team reads.
    await chmod(absolute, 0o644);
  }
}

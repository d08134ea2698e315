import type { DeployedWorker } from "../../account/deployed-worker.ts";
import { type Adoption, type FoundConnector, adoptionOf } from "../../adopt/adoption.ts";
import { adoptionForPrograms, adoptionText } from "../../adopt/adoption-text.ts";
import { SECRETS } from "../../../worker/deployment/variables.ts";
import { type CalledNames, calledProblem, namesOf } from "../../adopt/worker-names.ts";
import { isOurs } from "../../adopt/connector-marks.ts";
import type { KnownSecret } from "../../adopt/pasted-secrets.ts";
import { lookOf } from "../../console/colours.ts";
import type { Console } from "../../console/console.ts";
import { addedProblems } from "../../environments/definition/added-problems.ts";
import { draftOf } from "../../environments/definition/draft.ts";
import { environmentSource } from "../../environments/definition/environment-source.ts";
import type { EnvironmentFile } from "../../environments/definition/environment-file.ts";
import { problemReport } from "../../environments/definition/report.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { toJson } from "../../plan/report/json.ts";
import { UserError } from "../../errors/user-error.ts";
import { environmentPlace } from "../../project/environment-file-path.ts";
import { definitionModule } from "../../project/definition-module.ts";
import { environmentsThere } from "../../project/load-environments.ts";
import { readProjectFile } from "../../project/project-file.ts";
import { saveProjectFiles } from "../../project/save-project-files.ts";
import { SECRET_VARIABLES } from "../../specification/bindings.ts";
import { routesOf } from "../../specification/routes-of.ts";
import { settledSite } from "../../environments/definition/settled.ts";
import type { SecretKeyProof } from "../../queue-it/secret-key-proof.ts";
import { proveSecretKey } from "../../verify/prove-secret-key.ts";
import { reasonOf } from "../../verify/check.ts";
import type { Reach } from "../../verify/reach.ts";
import { findConnector } from "./adopt-connector.ts";
import { requireFree } from "./adopt-files.ts";
import { filesBeside } from "./files-beside.ts";
import { terminal, terminalBesideJson } from "./terminal.ts";
import { escapedLines } from "../../text/printable.ts";
import { cloudflareAccess, optionalSecretKey, reach } from "./workspace.ts";

export interface AdoptOptions {
  readonly account?: string;
  readonly name?: string;
  readonly worker?: "keep" | "replace";
  readonly customerId?: string;
  readonly called?: readonly string[];
  readonly yes?: true;
  readonly json?: true;
}

/** Describes a connector that the account has as an environment, and writes it once that is confirmed. */
export async function runAdopt(environment: string, options: AdoptOptions): Promise<void> {
  const { account, name, customerId, json = false } = options;
  const speaks = json ? terminalBesideJson : terminal;
  const files = await environmentsThere();
  const place = await environmentPlace(environment, files);
  if (place.kind === "taken") {
    throw new UserError(
      "environment-exists",
      `${place.path} is there already, and is not the shipped example: nothing was read or written. Adopt under ` +
        "another name, or move the file away first.",
    );
  }
  const others = files.filter((other) => other.name !== environment);
  const question = { account, name, taken: ownerAmong(others) };
  const connector = await findConnector(question, cloudflareAccess(), speaks);
  const worker = options.worker ?? (await askWorker(connector.worker, speaks));
  const choices = { environment, worker, customerId, knownSecrets: secretsOfShell() };
  const called = await readCalled(options.called ?? [], connector, worker, speaks);
  const adoption = adoptionOf(connector, { ...choices, called });
  const source = environmentSource(adoption.environment, {
    ...adoption.notes,
    definition: definitionModule(),
  });
  requireAdoptable(environment, adoption, files);
  await requireFree(adoption.files);

  const proof = await proofOf(connector, adoption, speaks);
  const beside = await filesBeside([{ name: environment, environment: adoption.environment }]);
  const found = {
    name: environment,
    path: place.path,
    source,
    connector,
    adoption,
    beside: beside.map(({ path }) => path),
    proof,
  };
  const written = [
    ...adoption.files,
    ...beside.map(({ path, text }) => ({ path, content: text })),
    { path: place.path, content: source },
  ];
  speaks.say(adoptionText(found, lookOf(json ? process.stderr : process.stdout)));
  // The object for programs has it.
  if (!json) terminal.print(`${escapedLines(`\n${shortSource(source)}`)}\n`);
  const asked = place.kind === "example" ? `Replace the example in ${place.path}?` : `Write ${place.path}?`;
  const isConfirmed = options.yes === true || (await speaks.confirm(asked));
  if (isConfirmed) await saveProjectFiles(written);
  if (json) process.stdout.write(toJson(deepWithoutSecrets(adoptionForPrograms(found, isConfirmed))));
  speaks.say(
    isConfirmed
      ? `Written: ${written.map(({ path }) => path).join(", ")}. Nothing was changed in the account. Next, look at what the first deploy would do:\n  npx queueit-cf plan ${environment}`
      : "Nothing was written. To write it without a question, add --yes.",
  );
}

/** Lines of the environment that are shown: more than two screens nobody reads. */
const MOST_LINES = 120;

/** The source as it is written, in the terminal's own lines: whatever breaks it anew would show another file. */
function shortSource(source: string): string {
  const lines = source.trimEnd().split("\n");
  const more = lines.length - MOST_LINES;
  if (more <= 1) return `${lines.join("\n")}\n`;
  return `${lines.slice(0, MOST_LINES).join("\n")}\n… and ${more} more lines, which are written too.\n`;
}

/** The environment that deploys a Worker already. */
function ownerAmong(files: readonly EnvironmentFile[]) {
  const drafts = files.map(draftOf);
  return (accountId: string, worker: string): string | undefined =>
    drafts.find((draft) => draft.accountId === accountId && draft.workerName === worker)?.name;
}

/** What must not be in a source that is written to the project. */
function secretsOfShell(): readonly KnownSecret[] {
  return Object.values(SECRET_VARIABLES).flatMap(({ name }) => {
    const value = process.env[`TF_VAR_${name}`] ?? "";
    return value === "" ? [] : [{ name: `the value of TF_VAR_${name}`, value }];
  });
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

/**
 * What the Worker calls things of the manual; asked for the secret key of a Worker that stays, where nothing tells.
 *
 * @throws UserError when it cannot be.
 */
async function readCalled(
  told: readonly string[],
  { worker: { name, bindings }, namespace }: FoundConnector,
  choice: "keep" | "replace",
  speaks: Console,
): Promise<CalledNames> {
  const called = new Map(
    told.map((text): [string, string] => {
      const [given = "", ...rest] = text.split("=");
      return [given, rest.join("=")];
    }),
  );
  const names = namesOf(bindings, namespace?.id, called);
  const secrets = bindings.filter(({ type }) => type === "secret_text");
  if (choice === "keep" && !names.has(SECRETS.secretKey) && secrets.length > 0 && speaks.canAsk()) {
    const list = secrets.map((secret) => secret.name).join(", ");
    const answer = await speaks.ask(
      `Which secret of ${name} is Queue-it's secret key? (${list}, or nothing)`,
    );
    if (answer.trim() !== "") called.set(SECRETS.secretKey, answer.trim());
  }
  const problem = calledProblem(called, bindings);
  if (problem === undefined) return called;
  throw new UserError(
    "called-unknown",
    `${JSON.stringify(problem.given)} is not a name that can be told with --called. It is written as the name of the ` +
      `manual, an equals sign, and the name of a variable or secret of the Worker ${name}, for example ` +
      `QUEUEIT_SECRET_KEY=SECRET. Known are ${problem.known.join(", ")}.`,
  );
}

/** Whether the secret key of this shell is the one that runs, asked of the live site. */
async function proofOf(
  { worker, configuration }: FoundConnector,
  { environment }: Adoption,
  speaks: Console,
): Promise<SecretKeyProof> {
  const secretKey = optionalSecretKey();
  if (secretKey === undefined) {
    return {
      outcome: "not-tried",
      why: "TF_VAR_queueit_secret_key is not set. With it, one request to the site tells whether it is the one that runs.",
    };
  }
  const sites = reachOrReason();
  if (typeof sites === "string") return { outcome: "not-tried", why: sites };
  speaks.progress("Asking the site whether the secret key of this shell is the one that runs …");
  try {
    return await proveSecretKey({
      reach: sites,
      secretKey,
      routes: environment.sites.map(settledSite).flatMap(routesOf),
      hostnames: environment.sites.map(({ hostname }) => hostname),
      configuration,
      isOurs: isOurs(worker),
    });
  } finally {
    await sites.close();
  }
}

function reachOrReason(): Reach | string {
  try {
    return reach();
  } catch (error) {
    return reasonOf(error);
  }
}

function requireAdoptable(name: string, adoption: Adoption, files: readonly EnvironmentFile[]): void {
  const stops = adoption.findings.filter(({ level }) => level === "stop");
  if (stops.length > 0) {
    throw new UserError(
      "adoption-stopped",
      `Nothing was written.\n${stops.map(({ what, remedy }) => `- ${what} → ${remedy}`).join("\n")}`,
    );
  }
  const others = files.filter((other) => other.name !== name);
  const written = new Map(adoption.files.map(({ path, content }) => [path, content]));
  const problems = addedProblems(
    { name, environment: adoption.environment },
    others,
    (path) => written.get(path) ?? readProjectFile(path),
  ).filter(({ severity }) => severity === "error");
  if (problems.length === 0) return;
  throw new UserError(
    "adoption-invalid",
    `Nothing was written: what the account has cannot be said as an environment of this project.\n${problemReport(problems)}`,
  );
}

import type { Console } from "../../console/console.ts";
import { whileDoing } from "../../console/interruption.ts";
import { addedProblems } from "../../environments/definition/added-problems.ts";
import { draftOf } from "../../environments/definition/draft.ts";
import type { EnvironmentFile } from "../../environments/definition/environment-file.ts";
import { environmentSource } from "../../environments/definition/environment-source.ts";
import type { Problem } from "../../environments/definition/problem.ts";
import { problemReport, requireValid } from "../../environments/definition/report.ts";
import { validateEnvironments } from "../../environments/definition/validation.ts";
import type { Environment } from "../../environments/environment.ts";
import { toJson } from "../../plan/report/json.ts";
import { redact } from "../../secrets/redact.ts";
import { secretsIn } from "../../secrets/secret-variables.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { type Answers, answersOf } from "../../init/answers.ts";
import { earlierEnvironments } from "../../init/earlier-environments.ts";
import { type InitFlags, readFlags } from "../../init/flags.ts";
import { changedEnvironment, INITIAL_NOTES, initialEnvironment } from "../../init/initial-environment.ts";
import { differingLines, type Initial, initialObject, initialText } from "../../init/initial-text.ts";
import { nextSteps } from "../../init/next-steps.ts";
import { type ProposedBypasses, siteBypasses, usual } from "../../init/site-bypasses.ts";
import type { TextQuestion } from "../../init/questions.ts";
import {
  type EnvironmentPlace,
  environmentPlace,
  isEnvironmentName,
} from "../../project/environment-file-path.ts";
import { definitionModule } from "../../project/definition-module.ts";
import { environmentsThere } from "../../project/load-environments.ts";
import { readProjectFile } from "../../project/project-file.ts";
import { saveProjectFiles } from "../../project/save-project-files.ts";
import { filesBeside } from "./files-beside.ts";
import { terminalQuestions } from "./questions.ts";
import { terminal, terminalBesideJson } from "./terminal.ts";
import { optionalAccess, reach } from "./workspace.ts";

export interface InitOptions extends InitFlags {
  /** False: the site is not looked at. */
  readonly fetch: boolean;
  readonly yes?: true;
  readonly json?: true;
}

/** Asks what an environment needs, shows it, and writes it once that is confirmed. */
export async function runInit(name: string | undefined, options: InitOptions): Promise<void> {
  const speaks = options.json === true ? terminalBesideJson : terminal;
  const questions = options.json !== true && speaks.canAsk() ? terminalQuestions : undefined;
  const flags = readFlags(options);
  const files = await environmentsThere();
  const environment = name ?? (await questions?.text(await nameQuestion(files)));
  const existing = environment === undefined ? undefined : await existingOf(environment, files);
  if (existing !== undefined)
    speaks.say(`${environment} is there already: it stays as it is, and what would be different is shown.`);

  const own = await ownEnvironments(files);
  const answers = await answersOf({
    name: environment,
    flags,
    existing,
    earlier: earlierEnvironments(environment ?? "", own),
    access: optionalAccess(),
    questions,
    bypassesOf: (hostname) => proposedBypasses(hostname, options.fetch, speaks),
  });
  const place = await environmentPlace(answers.name, files);
  const initial = await initialOf(answers, place, existing, files);
  speaks.say(initialText(initial));
  const isWritten = await confirmedAndWritten(initial, options, speaks);
  if (options.json === true)
    process.stdout.write(toJson(deepWithoutSecrets(initialObject(initial, isWritten))));
  speaks.say(outcome(initial, isWritten));
  if ((initial.differences ?? []).length > 0) process.exitCode = EXIT.found;
}

async function nameQuestion(files: readonly EnvironmentFile[]): Promise<TextQuestion> {
  const others = await ownEnvironments(files);
  return {
    message: "Name of the environment:",
    initial: others.some((other) => other.name === "staging") ? "production" : "staging",
    check: (text) =>
      isEnvironmentName(text)
        ? undefined
        : "It is not a name: use lower-case letters, digits and dashes, a letter first.",
  };
}

/** Those that are no shipped examples. */
async function ownEnvironments(
  files: readonly EnvironmentFile[],
): Promise<readonly ReturnType<typeof draftOf>[]> {
  const places = await Promise.all(files.map(({ name }) => environmentPlace(name, files)));
  return files.filter((_file, index) => places[index]?.kind === "taken").map(draftOf);
}

/** An environment that somebody wrote. @throws UserError with everything that is wrong in it. */
async function existingOf(name: string, files: readonly EnvironmentFile[]): Promise<Environment | undefined> {
  if ((await environmentPlace(name, files)).kind !== "taken") return undefined;
  const problems = validateEnvironments(files, readProjectFile);
  const [found] = requireValid(
    files.filter((file) => file.name === name),
    problems.filter(({ environment }) => environment === name),
  );
  return found?.environment;
}

async function proposedBypasses(
  hostname: string,
  mayFetch: boolean,
  speaks: Console,
): Promise<ProposedBypasses> {
  if (!mayFetch) return usual("the usual ones, as --no-fetch says");
  speaks.progress(`Looking at https://${hostname}/ for what may skip the Worker …`);
  let sites;
  try {
    sites = reach();
  } catch (error) {
    if (error instanceof UserError)
      return usual("the usual ones, since the local Cloudflare cannot be reached");
    throw error;
  }
  try {
    return await siteBypasses(hostname, sites);
  } finally {
    await sites.close();
  }
}

async function initialOf(
  answers: Answers,
  place: EnvironmentPlace,
  existing: Environment | undefined,
  files: readonly EnvironmentFile[],
): Promise<Initial> {
  const { name } = answers;
  const environment =
    existing === undefined ? initialEnvironment(answers) : changedEnvironment(existing, answers);
  const problems = addedProblems({ name, environment }, files, readProjectFile);
  requireSound(problems);
  const notes = { ...INITIAL_NOTES, definition: definitionModule() };
  const source = environmentSource(environment, notes);
  requireNoSecret(source);
  const differences = existing && differingLines(environmentSource(existing, notes), source);
  const isDifferent = differences !== undefined && differences.length > 0;
  const written = existing === undefined ? [{ path: place.path, text: source, before: undefined }] : [];
  const others = isDifferent ? [] : await filesBeside([{ name, environment }]);
  return {
    name,
    path: place.path,
    environment,
    differences,
    // The environment comes last: with it, everything is there.
    files: [...others, ...written],
    notes: [
      ...problems.map((problem) => problemReport([problem])),
      ...answers.notes,
      ...(place.kind === "example" ? [`${place.path} is the shipped example, and is replaced.`] : []),
    ],
    next: nextSteps({ name, environment }),
  };
}

/** @throws UserError when the environment would not be valid, or make another one invalid. */
function requireSound(problems: readonly Problem[]): void {
  if (problems.every(({ severity }) => severity !== "error")) return;
  throw new UserError(
    "init-invalid",
    `Nothing was written: the environments would not be valid.\n${problemReport(problems)}`,
  );
}

/** Fewer characters may be a word that is no secret here. */
const SHORTEST_SECRET = 12;

/** @throws UserError when the file would hold a secret of this process's variables, in whichever form. */
function requireNoSecret(source: string): void {
  const secrets = secretsIn(process.env).filter(({ length }) => length >= SHORTEST_SECRET);
  if (redact(source, secrets) === source) return;
  throw new UserError(
    "init-secret",
    "Nothing was written: one of the answers holds the value of a secret of the environment variables, such as " +
      "CLOUDFLARE_API_TOKEN, and would carry it into this repository. Give that option another value.",
  );
}

async function confirmedAndWritten(
  initial: Initial,
  { yes }: InitOptions,
  speaks: Console,
): Promise<boolean> {
  const { files } = initial;
  if (files.length === 0) return false;
  const names = files.map(({ path }) => path).join(" and ");
  if (yes !== true && !(await speaks.confirm(`Write ${names}?`))) return false;
  await whileDoing(`Some of ${names} may be written. Run it again: it writes what is missing.`, () =>
    saveProjectFiles(files.map(({ path, text }) => ({ path, content: text }))),
  );
  return true;
}

function outcome({ path, name, differences, files, next }: Initial, isWritten: boolean): string {
  const steps = ["Next:", ...next].join("\n");
  if (isWritten) return `Written: ${files.map((file) => file.path).join(", ")}. ${steps}`;
  if (differences !== undefined && differences.length > 0)
    return `Nothing was written. Where that is meant, change ${path} by hand, then run: npx queueit-cf validate`;
  if (differences !== undefined && files.length === 0) return `${path} says this already. ${steps}`;
  return `Nothing was written. To write it without a question, add --yes: npx queueit-cf init ${name}`;
}

import { lookOf } from "../../console/colours.ts";
import { escapedLines } from "../../text/printable.ts";
import { hanging } from "../../text/paragraphs.ts";
import { problemReport, requireValid } from "../../environments/definition/report.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { ErrorCode } from "../../errors/catalogue.ts";
import { toJson } from "../../plan/report/json.ts";
import { loadEnvironments } from "../../project/load-environments.ts";
import { hooksProblems } from "../../project/hooks-problems.ts";
import { readProjectFile } from "../../project/project-file.ts";
import { VALIDATE } from "../../environments/definition/validate-format.ts";
import { validateEnvironments } from "../../environments/definition/validation.ts";
import { type BodyOf, inFormat } from "../../json/format.ts";
import { withoutSecrets, deepWithoutSecrets } from "../../console/without-secrets.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";
import { readConfigurationBytes } from "./read-configuration.ts";
import { readProject } from "../../project/project.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";

export interface ValidateOptions {
  /** Path of an integration configuration to check instead of the environments. */
  readonly configuration?: string;
  readonly json?: true;
}

interface Validation {
  readonly isValid: boolean;
  readonly text: string;
}

/** Checks what the options name, prints the problems and sets the exit code. @throws UserError */
export async function runValidate(
  environment: string | undefined,
  { configuration, json }: ValidateOptions,
): Promise<void> {
  if (environment !== undefined && configuration === undefined) {
    throw new UserError(
      "environment-unexpected",
      `All environments are checked together, so do not name one. To check a configuration for ${environment}: ` +
        `npx queueit-cf validate --configuration FILE ${environment}`,
    );
  }
  const { isValid, text } =
    configuration === undefined
      ? await environmentProblems(json === true)
      : await configurationProblems(configuration, environment, json === true);
  process.stdout.write(`${text}\n`);
  if (!isValid) process.exitCode = EXIT.userError;
}

async function environmentProblems(asJson: boolean): Promise<Validation> {
  const environments = await loadEnvironments();
  const inFiles = validateEnvironments(environments, readProjectFile);
  const hasErrors = inFiles.some(({ severity }) => severity === "error");
  const inHooks = hasErrors ? [] : await hooksProblems(requireValid(environments, inFiles));
  const problems = [...inFiles, ...inHooks];
  const names = environments.map(({ name }) => name).join(", ");
  const isValid = problems.every(({ severity }) => severity !== "error");
  const report = problems.length === 0 ? `No problems in ${names}.` : problemReport(problems);
  const text = isValid ? report + unseen(requireValid(environments, problems)) : report;
  return { isValid, text: told(problems, text, isValid ? undefined : "environment-invalid", asJson) };
}

/** What Queue-it owns is in no file here, so nothing of it was checked. */
function unseen(environments: readonly NamedEnvironment[]): string {
  const names = environments
    .filter((named) => settled(named).integrationConfiguration.owner !== "file")
    .map(({ name }) => name);
  if (names.length === 0) return "";
  return (
    `\nNot checked: the integration configuration of ${names.join(", ")}, which Queue-it owns. Download ` +
    "it from Queue-it's platform, and check it with: npx queueit-cf validate --configuration FILE"
  );
}

/**
 * Of a file with an integration configuration, as the Worker of an environment matches.
 *
 * @param environment Its name. Default: as any of the environments matches, the more doubtful way where they
 *   differ.
 * @throws UserError when it cannot be read, or there is no such environment.
 */
async function configurationProblems(
  path: string,
  environment: string | undefined,
  asJson: boolean,
): Promise<Validation> {
  const file = readConfigurationFile(await readConfigurationBytes(path));
  const problems = file.ok
    ? configurationWarnings(file.configuration, await matchingOf(environment)).map((one) => ({
        severity: "warning" as const,
        ...one,
      }))
    : file.reasons.map((what) => ({
        severity: "error" as const,
        code: "configuration-invalid",
        what,
        remedy: MEND,
      }));
  const lines = problems.map(({ severity, what, remedy }) => `${severity} ${what} → ${remedy}`);
  const text = lines.length === 0 ? `No problems in ${JSON.stringify(path)}.` : lines.join("\n");
  return {
    isValid: file.ok,
    text: told(problems, text, file.ok ? undefined : "configuration-invalid", asJson),
  };
}

/** Without a name also where an environment is not valid: the file is what was asked about. */
async function matchingOf(name: string | undefined): Promise<"as-configured" | "normalized"> {
  if (name !== undefined) {
    const { environments } = await readProject();
    return settled(pickEnvironment(environments, name)).queueIt.matching;
  }
  const files = await loadEnvironments();
  const problems = validateEnvironments(files, readProjectFile);
  if (problems.some(({ severity }) => severity === "error")) return "as-configured";
  const environments = requireValid(files, problems);
  const isAlways = environments.every((named) => settled(named).queueIt.matching === "normalized");
  return isAlways && environments.length > 0 ? "normalized" : "as-configured";
}

/**
 * What is printed: text for people, or one object, which says as every command does where there is an error.
 * Nothing is hidden in JSON that is written already: it might not be JSON any more.
 */
function told(
  problems: BodyOf<typeof VALIDATE>["problems"],
  text: string,
  errorCode: ErrorCode | undefined,
  asJson: boolean,
): string {
  if (!asJson) return hanging(escapedLines(withoutSecrets(text)), lookOf(process.stdout).columns);
  const error = errorCode && { error: { code: errorCode, message: text } };
  return toJson(deepWithoutSecrets(inFormat(VALIDATE, { problems, ...error })));
}
const MEND = "fix the file, or download the configuration from Queue-it's platform again";

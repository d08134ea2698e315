import { readFile } from "node:fs/promises";
import { loadEnvironments } from "../../project/load-environments.ts";
import { readProjectFile } from "../../project/project-file.ts";
import { problemReport } from "../../environments/definition/report.ts";
import { validateEnvironments } from "../../environments/definition/validation.ts";
import { withoutSecrets } from "../../console/without-secrets.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";

export interface ValidateOptions {
  /** Path of an integration configuration to check instead of the environments. */
  readonly configuration?: string;
  readonly json?: true;
}

interface Validation {
  readonly isValid: boolean;
  readonly text: string;
}

/** Checks what the options name, prints the problems and sets the exit code. */
export async function runValidate({ configuration, json }: ValidateOptions): Promise<void> {
  const { isValid, text } =
    configuration === undefined
      ? await environmentProblems(json === true)
      : await configurationProblems(configuration, json === true);
  process.stdout.write(`${withoutSecrets(text)}\n`);
  if (!isValid) process.exitCode = EXIT.userError;
}

async function environmentProblems(asJson: boolean): Promise<Validation> {
  const environments = await loadEnvironments();
  const problems = validateEnvironments(environments, readProjectFile);
  const names = environments.map(({ name }) => name).join(", ");
  const text = problems.length === 0 ? `No problems in ${names}.` : problemReport(problems);
  return {
    isValid: problems.every(({ severity }) => severity !== "error"),
    text: asJson ? JSON.stringify(problems, null, 2) : text,
  };
}

/** Of a file with an integration configuration, for matching as configured. @throws UserError when it cannot be read. */
async function configurationProblems(path: string, asJson: boolean): Promise<Validation> {
  const file = readConfigurationFile(await bytesOf(path));
  const problems = file.ok
    ? configurationWarnings(file.configuration, "as-configured").map((one) => ({
        severity: "warning",
        ...one,
      }))
    : file.reasons.map((what) => ({ severity: "error", code: "configuration-invalid", what, remedy: MEND }));
  const lines = problems.map(({ severity, what, remedy }) => `${severity} ${what} → ${remedy}`);
  const text = lines.length === 0 ? `No problems in ${JSON.stringify(path)}.` : lines.join("\n");
  return { isValid: file.ok, text: asJson ? JSON.stringify(problems, null, 2) : text };
}

const MEND = "mend the file, or download the configuration from Queue-it's platform again";

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UserError(
      "configuration-file",
      `${JSON.stringify(path)} cannot be read (${reason}). Give the path of an integration configuration as JSON.`,
    );
  }
}

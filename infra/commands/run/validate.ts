import { lookOf } from "../../console/colours.ts";
import { hanging } from "../../text/paragraphs.ts";
import { loadEnvironments } from "../../environments/definition/load.ts";
import { problemReport } from "../../environments/definition/report.ts";
import { validateEnvironments } from "../../environments/definition/validation.ts";
import type { ErrorCode } from "../../errors/catalogue.ts";
import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readNamedUpTo, Unreadable } from "../../files/read-up-to.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";

interface Validation {
  readonly isValid: boolean;
  readonly text: string;
}

/** Checks all environments. */
export async function runValidate(asJson: boolean): Promise<Validation> {
  const environments = await loadEnvironments();
  const problems = validateEnvironments(environments);
  const names = environments.map(({ name }) => name).join(", ");
  const text = problems.length === 0 ? `No problems in ${names}.` : problemReport(problems);
  const isValid = problems.every(({ severity }) => severity !== "error");
  const error = { code: "environment-invalid", message: text } as const;
  return {
    isValid,
    text: asJson
      ? validationJson(problems, isValid ? undefined : error)
      : hanging(text, lookOf(process.stdout).columns),
  };
}

/**
 * Checks a file with an integration configuration, for matching as configured.
 *
 * @throws UserError when it cannot be read.
 */
export async function runValidateConfiguration(path: string, asJson: boolean): Promise<Validation> {
  const file = readConfigurationFile(await bytesOf(path));
  const problems = file.ok
    ? configurationWarnings(file.configuration, "as-configured").map((one) => ({
        severity: "warning",
        ...one,
      }))
    : file.reasons.map((what) => ({ severity: "error", code: "configuration-invalid", what, remedy: MEND }));
  const lines = problems.map(({ severity, what, remedy }) => `${severity} ${what} → ${remedy}`);
  const text = lines.length === 0 ? `No problems in ${JSON.stringify(path)}.` : lines.join("\n");
  const error = { code: "configuration-invalid", message: text } as const;
  return {
    isValid: file.ok,
    text: asJson
      ? validationJson(problems, file.ok ? undefined : error)
      : hanging(text, lookOf(process.stdout).columns),
  };
}

/** One object, which says as every command does that there is an error. */
function validationJson(
  problems: readonly unknown[],
  error: { readonly code: ErrorCode; readonly message: string } | undefined,
): string {
  return JSON.stringify({ schema: "queueit-cf/validate/1", problems, ...(error && { error }) }, null, 2);
}

const MEND = "mend the file, or download the configuration from Queue-it's platform again";

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readNamedUpTo(path, LIMITS.configuration);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UserError(
      "configuration-unreadable",
      `${JSON.stringify(path)} ${error.message}. Give the path of an integration configuration as JSON.`,
    );
  }
}

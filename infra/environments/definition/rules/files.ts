import { readConfigurationFile } from "../../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../../queue-it/configuration-warnings.ts";
import { errorAt, type Finding, warningAt } from "../problem.ts";
import { settledFeatures } from "../settled.ts";
import type { ReadProjectFile, Rule } from "./rule.ts";

/** Files that the environment names are there, and hold what they should. */
export const files: Rule = ({ integrationConfiguration, queueIt, worker }, { readFile }) => {
  const { matching } = settledFeatures(queueIt ?? {});
  const [path, file] =
    integrationConfiguration?.owner === "file"
      ? ["integrationConfiguration.path", integrationConfiguration.path]
      : ["integrationConfiguration.seed", integrationConfiguration?.seed];
  return [
    ...(file === undefined ? [] : configuration(path, file, readFile, matching)),
    ...(worker?.source === "file" && readFile(worker.path) === undefined
      ? [missing("worker.path", worker.path, "the Worker's bundle")]
      : []),
    ...(worker?.source === "bundled" && worker.hooks !== undefined && readFile(worker.hooks) === undefined
      ? [missing("worker.hooks", worker.hooks, "your hooks")]
      : []),
  ];
};

function configuration(
  path: string,
  file: string,
  readFile: ReadProjectFile,
  matching: "as-configured" | "normalized",
): readonly Finding[] {
  const text = readFile(file);
  if (text === undefined) return [missing(path, file, "an integration configuration as JSON")];
  const read = readConfigurationFile(text);
  if (read.ok) {
    return configurationWarnings(read.configuration, matching).map(({ code, what, remedy }) =>
      warningAt(path, `configuration-${code}`, file, what, remedy),
    );
  }
  const remedy = "fix the file, or download the configuration from Queue-it's platform again";
  return read.reasons.map((reason) =>
    errorAt(
      path,
      "configuration-invalid",
      file,
      `is not a valid integration configuration: ${reason}`,
      remedy,
    ),
  );
}

function missing(path: string, file: string, what: string): Finding {
  return errorAt(
    path,
    "file-missing",
    file,
    "does not exist, or is not a file that can be read",
    `put ${what} there, or fix the path`,
  );
}

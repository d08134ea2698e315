import { readConfigurationFile } from "../../../queue-it/configuration-file.ts";
import { errorAt, type Finding } from "../problem.ts";
import type { ReadProjectFile, Rule } from "./rule.ts";

/** Files that the environment names are there, and hold what they should. */
export const files: Rule = ({ integrationConfiguration, worker }, { readFile }) => [
  ...(integrationConfiguration?.owner === "file"
    ? configuration("integrationConfiguration.path", integrationConfiguration.path, readFile)
    : configuration("integrationConfiguration.seed", integrationConfiguration?.seed, readFile)),
  ...(worker?.source === "file" && readFile(worker.path) === undefined
    ? [missing("worker.path", worker.path, "the Worker's bundle")]
    : []),
];

function configuration(
  path: string,
  file: string | undefined,
  readFile: ReadProjectFile,
): readonly Finding[] {
  if (file === undefined) return [];
  const text = readFile(file);
  if (text === undefined) return [missing(path, file, "an integration configuration as JSON")];
  const read = readConfigurationFile(text);
  if (read.ok) return [];
  const remedy = "mend the file, or download the configuration from Queue-it's platform again";
  return read.reasons.map((reason) =>
    errorAt(path, "configuration-invalid", file, `is no valid integration configuration: ${reason}`, remedy),
  );
}

function missing(path: string, file: string, what: string): Finding {
  return errorAt(path, "file-missing", file, "is not there", `put ${what} there, or mend the path`);
}

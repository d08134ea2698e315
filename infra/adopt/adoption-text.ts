import { readConfigurationFile } from "../queue-it/configuration-file.ts";
import type { Adoption, FoundConnector } from "./adoption.ts";
import { connectorMarks } from "./connector-marks.ts";

/** Everything that is shown of an adoption before it is written. */
export interface ShownAdoption {
  readonly name: string;
  /** Of the environment's file, from the project's root. */
  readonly path: string;
  readonly source: string;
  readonly connector: FoundConnector;
  readonly adoption: Adoption;
}

/** What was found, what it means and what is to be written, as text. */
export function adoptionText({ path, source, connector, adoption }: ShownAdoption): string {
  const { worker, namespace, inventory } = connector;
  const { environment, findings, files } = adoption;
  const routes = environment.sites.flatMap(({ hostname, protect = [], bypass = [] }) => [
    ...protect.map((entry) => `  route      ${patternText(hostname, entry)} (to the Worker)`),
    ...bypass.map((entry) => `  route      ${patternText(hostname, entry)} (past the Worker)`),
  ]);
  const kv =
    namespace === undefined ? "none" : `${namespace.title}: ${configurationWords(connector.configuration)}`;
  return [
    `Found in account ${inventory.accountId}:`,
    `  Worker     ${worker.name} (${connectorMarks(worker).join(", ") || "named by you"})`,
    ...routes,
    `  KV         ${kv}`,
    `  bindings   ${worker.bindings.map(({ name, type }) => `${name} (${type})`).join(", ") || "none"}`,
    "",
    "The first deploy takes all of this over: it makes no second one, deletes nothing, and at no moment takes a " +
      "route away. It uploads the Worker with the environment's settings; every plan shows them before.",
    "",
    ...findings.flatMap(({ what, remedy }) => [`- ${what} → ${remedy}`]),
    ...files.map(
      ({ path: file, content }) => `- ${file} gets the Worker's source (${content.length} bytes).`,
    ),
    "",
    `${path}:`,
    "",
    ...source.trimEnd().split("\n"),
    "",
  ].join("\n");
}

/** The same for programs. */
export function adoptionJson({ name, path, source, adoption }: ShownAdoption, isWritten: boolean): string {
  const { environment, findings, files } = adoption;
  return `${JSON.stringify(
    {
      schema: "queueit-cf/adopt/1",
      environment: name,
      isWritten,
      files: [...files.map((file) => ({ path: file.path })), { path, source }],
      findings,
      values: environment,
    },
    undefined,
    2,
  )}\n`;
}

function patternText(hostname: string, entry: string): string {
  return entry.startsWith("/") ? hostname + entry : entry;
}

function configurationWords(text: string | undefined): string {
  if (text === undefined) return "no integration configuration yet";
  const file = readConfigurationFile(text);
  if (!file.ok) return "an integration configuration that this project's Worker would refuse";
  const { Version, Integrations } = file.configuration;
  const count = Integrations?.length ?? 0;
  return `integration configuration of version ${Version} with ${count === 1 ? "1 action" : `${count} actions`}`;
}

import pc from "picocolors";
import { readConfigurationFile } from "../queue-it/configuration-file.ts";
import { bypassParts } from "../environments/definition/site-patterns.ts";
import { counted } from "../text/counted.ts";
import type { Look } from "../text/look.ts";
import { printable } from "../text/printable.ts";
import { wrap } from "../text/wrap.ts";
import type { SecretKeyProof } from "../queue-it/secret-key-proof.ts";
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
  /** Paths of what the project gets beside its environments. */
  readonly beside: readonly string[];
  /** Whether the secret key of this shell is the one that runs. */
  readonly proof: SecretKeyProof;
}

/** More lines of a list than that are counted, not shown: the file has all of them. */
const MOST_LISTED = 20;

const TAKEN_OVER =
  "The first deploy takes all of this over: it makes no second one, deletes nothing of it, and at no moment " +
  "takes a route away. It uploads the Worker with the environment's settings, which its plan shows before.";

/** What was found and what it means, for people; the source of the environment comes after it. */
export function adoptionText(shown: ShownAdoption, look: Look): string {
  const { path, connector, adoption, beside, proof } = shown;
  const { worker, namespace, inventory } = connector;
  const paint = pc.createColors(look.colours);
  const row = (name: string, text: string) =>
    wrap(`  ${name.padEnd(12)}`, printable(text), { columns: look.columns, keepsWords: true });
  const point = (mark: string, text: string) =>
    wrap(mark, printable(text), { columns: look.columns, keepsWords: true });
  const kv =
    namespace === undefined ? "none" : `${namespace.title}: ${configurationWords(connector.configuration)}`;
  const bindings = worker.bindings.map(({ name, type }) => `${name} (${type})`);
  const { findings, files } = adoption;
  return [
    paint.bold(`Found in account ${inventory.accountId}`),
    ...row("Worker", `${worker.name} (${connectorMarks(worker).join(", ") || "named by you"})`),
    ...shortened(routesOf(adoption)).flatMap((route, index) => row(index === 0 ? "routes" : "", route)),
    ...row("KV", kv),
    ...row("bindings", bindings.length === 0 ? "none" : shortened(bindings).join(", ")),
    ...row("secret key", proofWords(proof)),
    "",
    ...wrap("", TAKEN_OVER, { columns: look.columns }),
    "",
    ...(findings.length === 0 ? [] : [paint.bold("To know")]),
    ...findings.flatMap(({ what, remedy }) => [
      ...point("  ! ", what).map(paint.yellow),
      ...point("    → ", `${remedy}.`),
    ]),
    ...(findings.length === 0 ? [] : [""]),
    paint.bold("Files to write"),
    ...files.flatMap(({ path: file, what, content }) =>
      point("  + ", `${file}, ${what} (${content.length} bytes)`),
    ),
    ...[...beside, path].flatMap((file) => point("  + ", file)),
  ].join("\n");
}

/** The same for programs. */
export function adoptionForPrograms(
  { name, path, source, adoption, beside, proof }: ShownAdoption,
  isWritten: boolean,
): unknown {
  const { environment, findings, files } = adoption;
  return {
    schema: "queueit-cf/adopt/1",
    environment: name,
    isWritten,
    files: [
      ...[...files.map((file) => file.path), ...beside].map((each) => ({ path: each })),
      { path, source },
    ],
    findings,
    secretKey: proof,
    values: environment,
  };
}

function routesOf({ environment: { sites } }: Adoption): readonly string[] {
  return sites.flatMap(({ hostname, protect = [], bypass = [] }) => [
    ...protect.map((entry) => `${patternText(hostname, entry)} to the Worker`),
    ...bypass.map(bypassParts).map(({ pattern, worker }) => {
      const where = worker === undefined ? "past all Workers" : `to the Worker ${worker}`;
      return `${patternText(hostname, pattern)} ${where}`;
    }),
  ]);
}

function shortened(items: readonly string[]): readonly string[] {
  const more = items.length - MOST_LISTED;
  return more <= 1 ? items : [...items.slice(0, MOST_LISTED), `and ${more} more`];
}

function patternText(hostname: string, entry: string): string {
  return entry.startsWith("/") ? hostname + entry : entry;
}

function proofWords({ outcome, why }: SecretKeyProof): string {
  switch (outcome) {
    case "same":
      return `the one of this shell is the one that runs. ${why}`;
    case "different":
      return (
        `THE ONE OF THIS SHELL IS NOT THE ONE THAT RUNS. ${why} With it, the first deploy would end every session ` +
        "and refuse Queue-it's publish calls: set TF_VAR_queueit_secret_key to the one of Queue-it's GO platform."
      );
    case "not-tried":
      return `not compared with the one that runs. ${why}`;
    case "unclear":
      return `compared, without a clear answer. ${why}`;
  }
}

function configurationWords(text: string | undefined): string {
  if (text === undefined) return "no integration configuration yet";
  const file = readConfigurationFile(text);
  if (!file.ok) return "something that is not an integration configuration";
  const { Version, Integrations } = file.configuration;
  const count = Integrations?.length ?? 0;
  return `integration configuration of version ${Version} with ${counted(count, "action")}`;
}

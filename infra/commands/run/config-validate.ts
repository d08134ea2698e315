import pc from "picocolors";
import { deploymentFacts } from "../../configuration/findings/deployment-facts.ts";
import { type Finding, placeWords } from "../../configuration/findings/finding.ts";
import { findingsIn, type Surroundings } from "../../configuration/findings/findings-in.ts";
import { CONFIG_VALIDATE } from "../../configuration/findings/validate-format.ts";
import { inFormat } from "../../json/format.ts";
import { readReference } from "../../configuration/sources/reference.ts";
import { lookOf } from "../../console/colours.ts";
import { deepWithoutSecrets, withoutSecrets } from "../../console/without-secrets.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { settled } from "../../environments/definition/settled.ts";
import { EXIT } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { readProject } from "../../project/project.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { counted } from "../../text/counted.ts";
import { escaped } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { bytesOf, nameOf } from "./config-source.ts";

export interface ConfigValidateOptions {
  readonly json?: true;
}

/** Checks an integration configuration and sets the exit code. */
export async function runConfigValidate(
  file: string,
  environment: string | undefined,
  { json }: ConfigValidateOptions,
): Promise<void> {
  const reference = fileReference(file);
  const bytes = await bytesOf(reference);
  const read = readConfigurationFile(bytes);
  const surroundings = await surroundingsOf(environment);
  const findings = findingsIn(read, surroundings, new TextDecoder().decode(bytes));
  const isRefused = findings.some(({ severity }) => severity === "refused");
  if (findings.length > 0) process.exitCode = isRefused ? EXIT.userError : EXIT.found;
  const about = {
    name: nameOf(reference),
    environment,
    version: read.ok ? read.configuration.Version : undefined,
  };
  process.stdout.write(
    json
      ? toJson(
          deepWithoutSecrets(
            inFormat(CONFIG_VALIDATE, {
              source: about.name,
              environment,
              version: about.version,
              refused: isRefused,
              findings,
            }),
          ),
        )
      : withoutSecrets(textOf(findings, about)),
  );
}

/** A configuration to check is a file: what is live was accepted already, and `show` reads it. */
function fileReference(text: string): Parameters<typeof bytesOf>[0] {
  const reference = readReference(text);
  return reference.kind === "environment" ? { kind: "path", path: text } : reference;
}

async function surroundingsOf(environment: string | undefined): Promise<Surroundings> {
  if (environment === undefined) return { matching: "as-configured", facts: undefined };
  const named = pickEnvironment((await readProject()).environments, environment);
  const { queueIt, worker } = settled(named);
  return {
    matching: worker.source === "bundled" ? queueIt.matching : "as-configured",
    facts: deploymentFacts(named),
  };
}

interface About {
  readonly name: string;
  readonly environment: string | undefined;
  readonly version: number | undefined;
}

function textOf(findings: readonly Finding[], { name, environment, version }: About): string {
  const { columns, colours } = lookOf(process.stdout);
  const paint = pc.createColors(colours);
  const options = { columns };
  const about = `${name}${version === undefined ? "" : `, version ${version}`}`;
  const unseen =
    environment === undefined
      ? "Routes, hosts, cookie domains and settings were not looked at: name an environment behind the file for that."
      : undefined;
  const head =
    findings.length === 0
      ? `No findings in ${about}.`
      : `${counted(findings.length, "finding")} in ${about}:`;
  return [
    ...wrap("", escaped(head), options).map(paint.bold),
    ...findings.flatMap(({ severity, place, what, remedy }) => {
      const where = placeWords(place);
      const sentence = where === "" ? what : `${where}: ${what}`;
      const colour = severity === "refused" ? paint.red : paint.yellow;
      return [
        ...wrap(severity === "refused" ? "✗ " : "! ", escaped(sentence), options).map(colour),
        ...wrap("  → ", escaped(remedy), options),
      ];
    }),
    ...(unseen === undefined ? [] : ["", ...wrap("", unseen, options).map(paint.dim)]),
    "",
  ].join("\n");
}

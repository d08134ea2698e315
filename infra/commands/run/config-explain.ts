import { asciiHostname } from "../../cloudflare/hostname.ts";
import { explainRequest } from "../../configuration/explain/explain-request.ts";
import { explainedJson } from "../../configuration/explain/explained-json.ts";
import { explainedText } from "../../configuration/explain/explained-text.ts";
import { explainerOf } from "../../configuration/explain/explainer.ts";
import type { TriedRequest } from "../../configuration/explain/visitor-request.ts";
import type { FoundConfiguration } from "../../configuration/sources/found-configuration.ts";
import { counted } from "../../text/counted.ts";
import type { Place } from "../../configuration/sources/reference.ts";
import { lookOf } from "../../console/colours.ts";
import { deepWithoutSecrets, withoutSecrets } from "../../console/without-secrets.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { explainUrl } from "../../plan/routing.ts";
import { readProject } from "../../project/project.ts";
import { ACCESS, namedConfiguration } from "./config-source.ts";
import { routesOf } from "../../specification/routes-of.ts";
import { readPageUrl } from "./page-url.ts";
import { optionalSecretKey } from "./workspace.ts";

export interface ConfigExplainOptions {
  readonly cookie?: readonly string[];
  readonly header?: readonly string[];
  readonly method?: string;
  readonly body?: string;
  readonly from?: Place;
  readonly configuration?: string;
  readonly all?: true;
  readonly json?: true;
}

/** Explains what happens to one request. */
export async function runConfigExplain(
  address: string,
  environment: string | undefined,
  options: ConfigExplainOptions,
): Promise<void> {
  const url = readPageUrl(address);
  const request = triedRequest(url, options);
  const { environments } = await readProject();
  const named =
    environment === undefined ? environmentAt(url, environments) : pickEnvironment(environments, environment);
  const found = await configurationFor(named, options);
  if (typeof found === "string") {
    writeRoute(request, named, found, options);
    return;
  }
  const explainer = await explainerOf({
    named,
    configuration: found.configuration,
    secretKey: optionalSecretKey(),
  });
  const explained = await explainRequest(request, explainer);
  const source = `${found.source}, version ${found.configuration.Version} with ${counted(
    found.configuration.Integrations?.length ?? 0,
    "action",
  )}`;
  process.stdout.write(
    options.json
      ? toJson(deepWithoutSecrets(explainedJson(explained, source)))
      : withoutSecrets(explainedText(explained, source, options.all === true, lookOf(process.stdout))),
  );
}

/** The configuration; or why it is not known, where nobody said where to read it and nothing can be asked. */
async function configurationFor(
  named: NamedEnvironment,
  { configuration, from }: ConfigExplainOptions,
): Promise<FoundConfiguration | string> {
  if (configuration !== undefined) return namedConfiguration(configuration, undefined);
  const { owner } = settled(named).integrationConfiguration;
  if (from !== undefined || owner === "file" || ACCESS.secretKey() !== undefined) {
    return namedConfiguration(named.name, from);
  }
  return typeof ACCESS.account() === "string"
    ? "Queue-it owns the integration configuration, and no credentials are set to ask for the live one: set " +
        "CLOUDFLARE_API_TOKEN or TF_VAR_queueit_secret_key, or add --configuration FILE."
    : namedConfiguration(named.name, from);
}

/** Without a configuration only the route is known. */
function writeRoute(
  request: TriedRequest,
  named: NamedEnvironment,
  why: string,
  { json }: ConfigExplainOptions,
): void {
  const route = explainUrl(request.url, settled(named).sites.flatMap(routesOf), () => undefined);
  const explained = { request, environment: named.name, route, worker: undefined };
  process.stdout.write(
    json
      ? toJson(deepWithoutSecrets(explainedJson(explained, null, why)))
      : withoutSecrets(explainedText(explained, undefined, false, lookOf(process.stdout), why)),
  );
}

/** The environment whose site has the host. */
function environmentAt(url: URL, environments: readonly NamedEnvironment[]): NamedEnvironment {
  const hostsOf = (named: NamedEnvironment): readonly string[] =>
    settled(named).sites.map(({ hostname }) => asciiHostname(hostname));
  const [first, ...more] = environments.filter((named) => hostsOf(named).includes(url.hostname));
  if (first !== undefined && more.length === 0) return first;
  const hosts = environments.map((named) => `${named.name} (${hostsOf(named).join(", ")})`).join("; ");
  throw new UserError(
    "host-unclear",
    first === undefined
      ? `No environment has a site ${url.hostname}: the environments are ${hosts}. Fix the address, or name the ` +
          "environment behind it."
      : `Several environments have a site ${url.hostname}: ${[first, ...more].map(({ name }) => name).join(", ")}. Name ` +
          "one of them behind the address.",
  );
}

function triedRequest(url: URL, options: ConfigExplainOptions): TriedRequest {
  const { cookie = [], header = [], body = "", method = body === "" ? "GET" : "POST" } = options;
  if (!/^[A-Za-z]{1,20}$/.test(method))
    throw unsendable(`${JSON.stringify(method)} is not a method such as GET or POST`);
  const cookies = cookie.filter((pair) => pair.trim() !== "");
  const headers = [
    ...header.map(readHeader),
    ...(cookies.length === 0 ? [] : [["cookie", cookies.join("; ")] as const]),
  ];
  for (const [name, value] of headers) {
    try {
      new Headers().append(name, value);
    } catch {
      throw unsendable(`the header ${JSON.stringify(name)} has a name or value that HTTP cannot send`);
    }
  }
  return { url, method: method.toUpperCase(), headers, body };
}

function readHeader(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(0, colon)).trim();
  if (name === "") throw unsendable(`--header ${JSON.stringify(text)} is not written as "Name: value"`);
  return [name, text.slice(colon + 1).trim()];
}

function unsendable(what: string): UserError {
  return new UserError(
    "request-unsendable",
    `The request cannot be sent like that: ${what}. Example: --header "User-Agent: curl/8" --cookie "a=1; b=2" --method POST`,
  );
}

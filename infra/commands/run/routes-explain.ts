import { settled } from "../../environments/definition/settled.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { type BodyOf, inFormat } from "../../json/format.ts";
import { ROUTES_EXPLAIN } from "../../plan/routes-explain-format.ts";
import { outcomeSentence } from "../../plan/report/outcome.ts";
import { type Explanation, explainUrl } from "../../plan/routing.ts";
import { plainText, written } from "../../plan/sentence.ts";
import { deepWithoutSecrets, withoutSecrets } from "../../console/without-secrets.ts";
import { printable } from "../../text/printable.ts";
import { lookOf } from "../../console/colours.ts";
import { wrap } from "../../text/wrap.ts";
import {
  configurationOfEnvironment,
  configurationOfFile,
  type KnownConfiguration,
  liveConfiguration,
} from "./known-configuration.ts";
import { readPageUrl } from "./page-url.ts";
import { hooksOf, readTarget } from "../../project/targets.ts";
import { deployable } from "../../specification/target.ts";
import { routesOf } from "../../specification/routes-of.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { readProject } from "../../project/project.ts";

export interface RoutesExplainOptions {
  readonly json?: true;
  /** File with an integration configuration. */
  readonly configuration?: string;
  /** Ask the account, or the Worker. */
  readonly live?: true;
}

/** Explains URLs in one environment, the last argument, or in all of them. */
export async function runRoutesExplain(
  texts: readonly string[],
  options: RoutesExplainOptions,
): Promise<void> {
  const { urls, environment } = readArguments(texts);
  const { environments } = await readProject();
  const asked = environment === undefined ? environments : [pickEnvironment(environments, environment)];
  const configurationFor = await configurations(urls, environment, options);
  const answers: Answer[] = [];
  for (const url of urls) {
    for (const named of asked) answers.push(answer(url, named, configurationFor(named)));
  }
  process.stdout.write(
    options.json
      ? toJson(deepWithoutSecrets(inFormat(ROUTES_EXPLAIN, { answers: answers.map(answerJson) })))
      : withoutSecrets(answersText(answers, urls.length > 1)),
  );
}

interface Answer extends Explanation {
  readonly environment: string;
  readonly url: string;
  /** Where the configuration is from; undefined where none is known. */
  readonly configuration: string | undefined;
  /** Hostnames of the environment, where the URL has none of them. */
  readonly otherHosts: readonly string[] | undefined;
  /** File of hooks that may decide otherwise; undefined where the Worker has none or does not see the URL. */
  readonly hooks: string | undefined;
}

async function configurations(
  urls: readonly URL[],
  environment: string | undefined,
  { configuration, live }: RoutesExplainOptions,
): Promise<(named: NamedEnvironment) => KnownConfiguration | undefined> {
  if (configuration !== undefined) return configurationOfFile(configuration);
  if (live !== true) return configurationOfEnvironment;
  if (environment === undefined) {
    throw new UserError(
      "environment-missing",
      "After the URLs, name the environment that --live should ask: each has its own account, Worker and keys.",
    );
  }
  const known = await liveConfiguration(deployable(await readTarget(environment), process.env), urls);
  return () => known;
}

function answer(url: URL, named: NamedEnvironment, known: KnownConfiguration | undefined): Answer {
  const { sites } = settled(named);
  const hostnames = sites.map(({ hostname }) => asciiHostname(hostname));
  const explained = explainUrl(url, sites.flatMap(routesOf), known?.actionFor ?? (() => undefined));
  return {
    environment: named.name,
    url: url.href,
    ...explained,
    configuration: known?.source,
    hooks: explained.outcome === "protected" ? hooksOf(named) : undefined,
    otherHosts: explained.outcome === "no-route" && !hostnames.includes(url.hostname) ? hostnames : undefined,
  };
}

function answerJson(told: Answer): BodyOf<typeof ROUTES_EXPLAIN>["answers"][number] {
  return { ...told, text: plainText(outcomeSentence(told)) };
}

function answersText(answers: readonly Answer[], areMany: boolean): string {
  const lines = answers.flatMap((one, index) => [
    ...(areMany && answers[index - 1]?.url !== one.url
      ? [...(index === 0 ? [] : [""]), printable(one.url)]
      : []),
    ...answerLines(one),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

function answerLines(told: Answer): readonly string[] {
  const { environment, outranked, outcome, action, configuration, otherHosts, hooks } = told;
  const { columns } = lookOf(process.stdout);
  const isUnknown = outcome === "protected" && action === undefined && configuration === undefined;
  const more: readonly (readonly [first: string, text: string])[] = [
    ...outranked.map((pattern) => ["  outranks ", pattern] as const),
    ...(otherHosts === undefined
      ? []
      : [["  ", `no site of ${environment} has this host: ${otherHosts.join(", ")}`] as const]),
    ...(configuration === undefined || outcome !== "protected" ? [] : [["  by ", configuration] as const]),
    ...(hooks === undefined
      ? []
      : [["  ", `your hooks may leave a request alone or answer it: ${hooks}`] as const]),
    ...(isUnknown
      ? [
          [
            "  ",
            `Queue-it owns the integration configuration of ${environment}: add --live to ask for it, or ` +
              "--configuration FILE",
          ] as const,
        ]
      : []),
  ];
  return [
    ...wrap(`${environment}: `, written(outcomeSentence(told), printable), { columns }),
    ...more.flatMap(([first, text]) => wrap(first, printable(text), { columns })),
  ];
}

/** URLs, and at most one name of an environment, which comes last. */
function readArguments(texts: readonly string[]): {
  readonly urls: readonly URL[];
  readonly environment: string | undefined;
} {
  const last = texts.length > 1 ? texts.at(-1) : undefined;
  const environment = last !== undefined && /^[^\s/.:]*$/.test(last) ? last : undefined;
  const addresses = environment === undefined ? texts : texts.slice(0, -1);
  return { urls: addresses.map(readPageUrl), environment };
}

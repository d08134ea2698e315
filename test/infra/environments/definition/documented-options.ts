import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { BUNDLE_COMPATIBILITY_DATE } from "../../../../infra/cloudflare/compatibility-date.ts";
import type { Environment } from "../../../../infra/environments/environment.ts";
import { SOUND } from "../sound-environment.ts";

type Values = Readonly<Record<string, unknown>>;

/** An option of an environment, with the default that `environment.ts` documents. */
export interface DocumentedOption {
  /** Where it is, for example `queueIt.enqueueToken.key`. */
  readonly place: string;
  /** The value behind `@default`; undefined where leaving it out is the only way to say it. */
  readonly value: unknown;
  /** An environment that leaves it out, and where it could be written. */
  readonly example: Environment;
}

/** Defaults that are told in words, and what can be written for them. */
const IN_WORDS = new Map<string, unknown>([
  ["no such environment", undefined],
  ["no expectations", {}],
  ["nothing is taken over", undefined],
  ["a namespace is made", undefined],
  ["disabled", undefined],
  ["not used", undefined],
  ["a configuration without actions", undefined],
  ["those of the Worker's bindings", {}],
  ["none", undefined],
  ["no hooks", undefined],
  ["the vendor's published names", {}],
  ["that of the bundled Worker", BUNDLE_COMPATIBILITY_DATE],
]);

const { customerId } = SOUND.queueIt;
const WITH_TOKEN = { ...SOUND, queueIt: { customerId, enqueueToken: {} } };
const WITH_DIRECT_PASS = { ...SOUND, queueIt: { customerId, directPass: { url: "https://pass.dk" } } };
const PUBLISH: Environment = { ...SOUND, integrationConfiguration: { owner: "publish" } };
const PULL: Environment = { ...SOUND, integrationConfiguration: { owner: "pull" } };
const STORE: Environment = {
  ...SOUND,
  secrets: { strategy: "secrets-store", storeId: "00112233445566778899aabbccddeeff" },
  queueIt: {
    customerId,
    verifyAction: { url: "https://verify.dk" },
    directPass: { url: "https://pass.dk" },
  },
};
const STORE_WITH_NAMES = { ...STORE, secrets: { ...STORE.secrets, names: {} } } as Environment;
const BUNDLED: Environment = { ...SOUND, worker: { source: "bundled" } };
const FILE_WORKER: Environment = {
  ...SOUND,
  worker: { source: "file", path: "vendor.js", format: "es-module" },
};
const R2: Environment = { ...SOUND, backend: { type: "r2", bucket: "states" } };
const S3: Environment = { ...SOUND, backend: { type: "s3", bucket: "states", region: "eu-west-1" } };
const HCP: Environment = { ...SOUND, backend: { type: "hcp", organization: "acme", workspace: "staging" } };
const [{ zoneId = "", hostname }] = SOUND.sites;
const BARE_SITE: Environment = { ...SOUND, sites: [{ zoneId, hostname }] };
const LOCAL: Environment = { ...SOUND, backend: { type: "local" } };
const LOGGED: Environment = { ...SOUND, observability: { enabled: true } };
const ADOPTED: Environment = { ...SOUND, adopted: {} };
const COVERED: Environment = { ...SOUND, coverage: {} };

/** Where each option can be written, in the order of `environment.ts`. */
const PLACES: readonly (readonly [place: string, example: Environment])[] = [
  ["integrationConfiguration", SOUND],
  ["secrets", SOUND],
  ["failure", SOUND],
  ["observability", SOUND],
  ["backend", SOUND],
  ["promotedFrom", SOUND],
  ["meantToDiffer", SOUND],
  ["freeze", SOUND],
  ["worker", SOUND],
  ["namespaceTitle", SOUND],
  ["adopted", SOUND],
  ["coverage", SOUND],
  ["adopted.namespaceId", ADOPTED],
  ["adopted.configuration", ADOPTED],
  ["adopted.worker", ADOPTED],
  ["adopted.routes", ADOPTED],
  ["coverage.protected", COVERED],
  ["coverage.bypassed", COVERED],
  ["coverage.ignored", COVERED],
  ["sites.0.protect", BARE_SITE],
  ["sites.0.bypass", BARE_SITE],
  ["queueIt.enqueueToken", SOUND],
  ["queueIt.clientIp", SOUND],
  ["queueIt.requestBodyLimit", SOUND],
  ["queueIt.matching", SOUND],
  ["queueIt.preflights", SOUND],
  ["queueIt.prefetches", SOUND],
  ["queueIt.allowedOrigins", SOUND],
  ["queueIt.configurationTtlSeconds", SOUND],
  ["queueIt.verifyAction", SOUND],
  ["queueIt.directPass", SOUND],
  ["queueIt.directPass.timeoutMs", WITH_DIRECT_PASS],
  ["queueIt.enqueueToken.validityMs", WITH_TOKEN],
  ["queueIt.enqueueToken.key", WITH_TOKEN],
  ["integrationConfiguration.seed", PUBLISH],
  ["integrationConfiguration.cron", PULL],
  ["integrationConfiguration.seed", PULL],
  ["secrets.names", STORE],
  ["secrets.names.secretKey", STORE_WITH_NAMES],
  ["secrets.names.apiKey", STORE_WITH_NAMES],
  ["secrets.names.directPassKey", STORE_WITH_NAMES],
  ["observability.samplingRate", LOGGED],
  ["backend.path", LOCAL],
  ["backend.key", R2],
  ["backend.jurisdiction", R2],
  ["backend.key", S3],
  ["backend.hostname", HCP],
  ["worker.hooks", BUNDLED],
  ["worker.then", BUNDLED],
  ["worker.names", FILE_WORKER],
  ["worker.compatibilityDate", FILE_WORKER],
  ["worker.compatibilityFlags", FILE_WORKER],
];

const SOURCE = readFileSync(
  new URL("../../../../infra/environments/environment.ts", import.meta.url),
  "utf8",
);

/** Name and documented default of every optional property, in the order of `environment.ts`. */
const DOCUMENTED = [
  ...SOURCE.matchAll(
    /(?:@default (?<text>.*?)(?: \*\/)?\n(?:\s+\*\/\n)?)?\s+readonly (?<property>\w+)\?: (?!never)/g,
  ),
].map(({ groups: { property = "", text = "(nothing)" } = {} }) => [property, text] as const);

/** Names of the options in `environment.ts`, and of those that the tests know where to write. */
export const OPTION_NAMES = {
  documented: DOCUMENTED.map(([property]) => property),
  tried: PLACES.map(([place]) => place.split(".").at(-1)),
};

/** Every option of an environment called `staging`. */
export const OPTIONS: readonly DocumentedOption[] = PLACES.map(([place, example], index) => ({
  place,
  value: valueOf(DOCUMENTED[index]?.[1] ?? ""),
  example,
}));

function valueOf(text: string): unknown {
  if (IN_WORDS.has(text)) return IN_WORDS.get(text);
  const code = text.replaceAll("*\\/", "*/").replaceAll("<environment>", "staging");
  // Through JSON, so that it has the prototypes of this context.
  return JSON.parse(JSON.stringify(runInNewContext(`(${code})`)));
}

/** The environment with the default of an option written out, where it could be written and is left out. */
export function writtenOut(
  environment: Environment,
  { place, value, example }: DocumentedOption,
): Environment {
  const path = place.split(".");
  if (value === undefined || !isOfSameKind(environment, example, path)) return environment;
  return withValue(environment, path, value) as Environment;
}

/** Whether what holds the option is there, and the same member of its union as in the example. */
function isOfSameKind(environment: unknown, example: unknown, path: readonly string[]): boolean {
  const [name = "", ...rest] = path;
  if (environment === undefined || environment === null) return false;
  const [there, wanted] = [environment as Values, example as Values];
  const isSame = ["owner", "strategy", "type", "source"].every((kind) => there[kind] === wanted[kind]);
  return isSame && (rest.length === 0 || isOfSameKind(there[name], wanted[name], rest));
}

function withValue(holder: unknown, [name = "", ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(holder)) {
    return holder.map((item: unknown, index) =>
      String(index) === name ? withValue(item, rest, value) : item,
    );
  }
  const there = holder as Values;
  if (rest.length === 0) return there[name] === undefined ? { ...there, [name]: value } : there;
  return { ...there, [name]: withValue(there[name], rest, value) };
}

/** What is at an option's place. */
export function valueAt(environment: Environment, place: string): unknown {
  return place.split(".").reduce<unknown>((holder, name) => (holder as Values)[name], environment);
}

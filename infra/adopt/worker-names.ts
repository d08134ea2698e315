import {
  CHAINED_WORKER_BINDING,
  CONFIGURATION_BINDING,
  SECRETS,
  VARIABLES,
} from "../../worker/deployment/variables.ts";
import type { DeployedBinding } from "../account/deployed-worker.ts";
import type { GivenName } from "../environments/definition/settled-environment.ts";

/** What a Worker calls what it is given; a name that is missing was not found. */
export type FoundNames = ReadonlyMap<GivenName, DeployedBinding>;

/** What each thing of the manual is called by a Worker, where its name does not tell. */
export type CalledNames = ReadonlyMap<string, string>;

const TEXTS: readonly GivenName[] = [...Object.values(VARIABLES), ...Object.values(SECRETS)];
const TEXT_TYPES: ReadonlySet<string> = new Set(["plain_text", "secret_text", "secrets_store_secret"]);

/**
 * Which of a Worker's bindings is which: by the vendor's name, or by one that is spelt otherwise
 * (`secretKey`, `QUEUE_IT_SECRET_KEY`), as long as only one comes into question.
 *
 * @param configurationNamespace Id of the namespace that holds the integration configuration.
 * @param called Names that somebody has told, which come first. Default: none.
 */
export function namesOf(
  bindings: readonly DeployedBinding[],
  configurationNamespace: string | undefined,
  called: CalledNames = new Map(),
): FoundNames {
  const found = new Map<GivenName, DeployedBinding>();
  const namespace = bindings.filter(
    ({ type, namespaceId }) => type === "kv_namespace" && namespaceId === configurationNamespace,
  );
  const named = namespace.find(({ name }) => name === CONFIGURATION_BINDING) ?? namespace[0];
  if (configurationNamespace !== undefined && named !== undefined) found.set(CONFIGURATION_BINDING, named);
  const texts = bindings.filter(({ type }) => TEXT_TYPES.has(type));
  for (const given of TEXTS) {
    const exact = texts.find(({ name }) => name === (called.get(given) ?? given));
    const alike = texts.filter(({ name }) => core(name) === core(given));
    const isTold = called.has(given);
    const binding = exact ?? (!isTold && alike.length === 1 ? alike[0] : undefined);
    if (binding !== undefined) found.set(given, binding);
  }
  return found;
}

/**
 * Why what somebody told cannot be: the vendor's name is none, or the Worker has nothing of the other name.
 * Undefined when it can be.
 */
export function calledProblem(
  called: CalledNames,
  bindings: readonly DeployedBinding[],
): { readonly given: string; readonly known: readonly string[] } | undefined {
  const namesOfType = (isMeant: (type: string) => boolean): readonly string[] =>
    bindings.filter(({ type }) => isMeant(type)).map(({ name }) => name);
  for (const [given, name] of called) {
    const isChain = given === CHAINED_WORKER_BINDING;
    const known = [...TEXTS, CHAINED_WORKER_BINDING];
    if (!isChain && !TEXTS.some((text) => text === given)) return { given, known };
    const own = namesOfType((type) => (isChain ? type === "service" : TEXT_TYPES.has(type)));
    if (!own.includes(name)) return { given: name, known: own };
  }
  return undefined;
}

/** What a name says when Queue-it, case and separators are taken away. */
function core(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replace(/^queueit/, "");
}

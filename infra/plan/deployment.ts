import {
  CHAINED_WORKER_BINDING,
  CONFIGURATION_BINDING,
  CONFIGURATION_KEY,
  VARIABLES,
} from "../../worker/deployment/variables.ts";
import type { Plan, PlannedResource } from "./plan.ts";
import { isObject, objectsOf, type PlanObject, type PlanValue, textOf } from "./value.ts";

/** Types of Cloudflare's provider that have a meaning here. Any other is reported by its attributes. */
export const TYPES = {
  route: "cloudflare_workers_route",
  script: "cloudflare_workers_script",
  namespace: "cloudflare_workers_kv_namespace",
  value: "cloudflare_workers_kv",
  cron: "cloudflare_workers_cron_trigger",
} as const;

/** A route at one moment. */
export interface DeployedRoute {
  readonly address: string;
  /** Undefined while it is not known yet. */
  readonly pattern: string | undefined;
  /**
   * A route without a Worker is a bypass, and so is one to another Worker than the plan's connector; one whose Worker is
   * not known yet counts as protected.
   */
  readonly kind: "protect" | "bypass";
  /** Undefined for a bypass to the origin, and while it is not known yet. */
  readonly script: string | undefined;
  /** The other Worker that a bypass goes to; undefined for the origin. */
  readonly worker: string | undefined;
}

export interface DeployedWorker {
  readonly address: string;
  readonly name: string;
  /** By name. */
  readonly bindings: ReadonlyMap<string, PlanObject>;
}

/** What runs at one moment: before or after the plan. */
export interface Deployment {
  readonly routes: readonly DeployedRoute[];
  readonly workers: readonly DeployedWorker[];
  /** Text of the integration configuration; undefined when there is none or it is not known. */
  readonly configuration: string | undefined;
  /** Which spellings of a URL the Worker tries the triggers on. */
  readonly matching: "as-configured" | "normalized";
}

/** What runs before the plan, as Terraform's refresh saw it, or what will run after it. */
export function deploymentOf(plan: Plan, moment: "before" | "after"): Deployment {
  const present = plan.resources.flatMap((resource) => {
    const values = moment === "before" ? resource.before : valuesAfter(resource);
    return values === undefined || resource.mode === "data" ? [] : [{ resource, values }];
  });
  const connectors = connectorsOf(plan);
  const ofType = (type: string) => present.filter(({ resource }) => resource.type === type);
  const workers = ofType(TYPES.script).map(({ resource, values }) => ({
    address: resource.address,
    name: textOf(values["script_name"]) ?? resource.address,
    bindings: bindingsOf(values["bindings"]),
  }));
  const matching = workers.map(({ bindings }) => textOf(bindings.get(VARIABLES.matching)?.["text"])).at(0);
  return {
    routes: ofType(TYPES.route).map(({ resource, values }) => routeOf(resource.address, values, connectors)),
    workers,
    configuration: ofType(TYPES.value)
      .filter(({ values }) => values["key_name"] === CONFIGURATION_KEY)
      .map(({ values }) => textOf(values["value"]))
      .at(0),
    matching: matching === "normalized" ? matching : "as-configured",
  };
}

/** What Terraform forgets goes on running. */
function valuesAfter({ operation, before, after }: PlannedResource): PlanObject | undefined {
  return operation === "forget" ? before : after;
}

/** A route as an object of a plan has it. @param connectors From `connectorsOf`. */
export function routeOf(address: string, values: PlanObject, connectors: ReadonlySet<string>): DeployedRoute {
  const told = values["script"] ?? null;
  const script = textOf(told) === "" ? undefined : textOf(told);
  const isOther = script !== undefined && connectors.size > 0 && !connectors.has(script);
  return {
    address,
    pattern: textOf(values["pattern"]),
    kind: told === null || told === "" || isOther ? "bypass" : "protect",
    script,
    worker: isOther ? script : undefined,
  };
}

/** Names of the connectors in a plan, before and after; empty where it has no Worker, so that nobody knows. */
export function connectorsOf({ resources }: Pick<Plan, "resources">): ReadonlySet<string> {
  const workers = resources
    .filter(({ type, mode }) => type === TYPES.script && mode !== "data")
    .flatMap(({ before, after }) => [before, after])
    .filter((values) => values !== undefined);
  const marked = workers.filter(({ bindings }) => bindingsOf(bindings).has(CONFIGURATION_BINDING));
  const names = (marked.length > 0 ? marked : workers).map(({ script_name: name }) => textOf(name));
  return new Set(names.filter((name) => name !== undefined));
}

/** Name of the Worker that passed requests go to; undefined where that is the origin. */
export function chainedWorkerIn({ bindings }: Pick<DeployedWorker, "bindings">): string | undefined {
  const binding = bindings.get(CHAINED_WORKER_BINDING);
  return binding?.["type"] === "service" ? textOf(binding["service"]) : undefined;
}

/** Whether a binding gives the Worker a secret. */
export function isSecretBinding(binding: PlanObject | undefined): boolean {
  return binding?.["type"] === "secret_text" || binding?.["type"] === "secrets_store_secret";
}

/** Bindings of a Worker by their name. */
export function bindingsOf(value: PlanValue | undefined): ReadonlyMap<string, PlanObject> {
  return new Map(
    objectsOf(value)
      .filter(isObject)
      .map((binding) => [textOf(binding["name"]) ?? "(unnamed)", binding]),
  );
}

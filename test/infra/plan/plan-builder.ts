import type { ReviewContext } from "../../../infra/plan/context.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { type Review, reviewPlan } from "../../../infra/plan/review.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * One object of a plan, in the words of Terraform's JSON. Null before is a creation, null after a deletion.
 */
export interface Planned {
  readonly type: string;
  readonly name?: string;
  readonly before: Values | null;
  readonly after: Values | null;
  readonly actions?: readonly string[];
  readonly unknown?: Values;
  readonly sensitive?: Values;
  readonly more?: Values;
  readonly change?: Values;
}

/** The JSON of a plan with these objects, and anything more that a test wants in it. */
export function planJson(resources: readonly Planned[], more: Values = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: resources.map(changeJson),
    ...more,
  });
}

/** One object as `resource_changes` and `resource_drift` have it. */
export function changeJson(planned: Planned): Values {
  const { type, name = "it", before, after, unknown = {}, sensitive = {}, more, change } = planned;
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: providerOf(type),
    change: {
      actions: planned.actions ?? actionsOf(before, after),
      before,
      after,
      after_unknown: unknown,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
      ...change,
    },
    ...more,
  };
}

function providerOf(type: string): string {
  const [vendor = ""] = type.split("_");
  return vendor === "terraform"
    ? "terraform.io/builtin/terraform"
    : `registry.terraform.io/${vendor}/${vendor}`;
}

function actionsOf(before: Values | null, after: Values | null): readonly string[] {
  if (before === null) return ["create"];
  if (after === null) return ["delete"];
  return JSON.stringify(before) === JSON.stringify(after) ? ["no-op"] : ["update"];
}

export const WORKER = "queueit-connector";

export function route(pattern: string, kind: "protect" | "bypass" = "protect"): Values {
  return { pattern, script: kind === "protect" ? WORKER : null, zone_id: "zone" };
}

/** A route that goes from one state to another; null is no route. */
export function routeChange(name: string, before: Values | null, after: Values | null): Planned {
  return { type: "cloudflare_workers_route", name, before, after };
}

/** A Worker with these bindings before and after. */
export function workerChange(
  before: readonly Values[],
  after: readonly Values[],
  more: Values = {},
): Planned {
  const values = { account_id: "account", script_name: WORKER, content_sha256: "a".repeat(64) };
  return {
    type: "cloudflare_workers_script",
    name: "worker",
    before: { ...values, bindings: before },
    after: { ...values, bindings: after, ...more },
  };
}

export function variable(name: string, text: string): Values {
  return { type: "plain_text", name, text };
}

/** A service binding of the Worker; by itself that of the chained Worker. */
export function service(service: string, name = "QUEUEIT_CHAINED_WORKER"): Values {
  return { type: "service", name, service, environment: "production" };
}

export function secret(name: string, text: string): Values {
  return { type: "secret_text", name, text };
}

/** The integration configuration in its namespace, before and after. */
export function configurationChange(before: unknown, after: unknown): Planned {
  const values = (configuration: unknown) =>
    configuration === null
      ? null
      : { key_name: "info", namespace_id: "namespace", value: JSON.stringify(configuration) };
  return { type: "cloudflare_workers_kv", name: "seed", before: values(before), after: values(after) };
}

/** A configuration with one queueing action for URLs that contain a text. */
export function configuration(version: number, contains = "/tickets", more: Values = {}): Values {
  const part = {
    ValidatorType: "UrlValidator",
    UrlPart: "PagePath",
    Operator: "Contains",
    ValueToCompare: contains,
  };
  const action = {
    Name: "Sale",
    ActionType: "Queue",
    EventId: "sale1",
    QueueDomain: "acme.queue-it.net",
    CookieValidityMinute: 20,
    Triggers: [{ LogicalOperator: "And", TriggerParts: [part] }],
    ...more,
  };
  return { Version: version, Integrations: [action] };
}

/** A review of a plan with these objects. */
export function review(
  resources: readonly Planned[],
  context: ReviewContext = {},
  more: Values = {},
): Review {
  return reviewPlan(planJson(resources, more), context);
}

/** The changes in words, each with its effect, and their details below. */
export function wordsOf({ changes }: Review): readonly string[] {
  return changes.flatMap(({ effect, sentence, details }) => [
    `${effect}: ${plainText(sentence)}`,
    ...details.map((detail) => `  ${plainText(detail)}`),
  ]);
}

/** Level and rule of each risk. */
export function risksIn({ risks }: Review): readonly string[] {
  return risks.map(({ level, rule }) => `${level} ${rule}`);
}

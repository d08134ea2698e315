import type {
  Action,
  IntegrationConfiguration,
} from "../../../worker/configuration/integration-configuration.ts";
import { listed } from "../../queue-it/quoted.ts";
import { type Condition, type Way, waysOf } from "./condition.ts";
import { conditionWords } from "./condition-words.ts";
import { contradictionIn } from "./contradiction.ts";
import { type Finding, placeOf } from "./finding.ts";

/** Triggers, and conditions of Or triggers, that no request can fulfil. */
export function neverTrue(configuration: IntegrationConfiguration): readonly Finding[] {
  return (configuration.Integrations ?? []).flatMap((action, index) =>
    inAction(action).map(({ trigger, part, why }) => ({
      severity: "warning" as const,
      code: "never-true" as const,
      place: placeOf(configuration, index, trigger, part),
      what: `can never be true: ${why}${appliesNever(action) ? "; the action applies to no request" : ""}`,
      remedy: "change or remove it; for requests that fulfil the one or the other, make two triggers",
    })),
  );
}

/** Whether no request fulfils any trigger of an action. True is a proof. */
function appliesNever(action: Action): boolean {
  return waysOf(action).every(({ conditions }) => contradictionIn(conditions) !== undefined);
}

interface Impossible extends Pick<Way, "trigger" | "part"> {
  readonly why: string;
}

function inAction(action: Action): readonly Impossible[] {
  return waysOf(action).flatMap(({ conditions, trigger, part }) => {
    const excluded = contradictionIn(conditions);
    if (excluded === undefined) return [];
    return [{ trigger, part, why: part === undefined ? words(excluded, conditions) : said(excluded) }];
  });
}

function words(excluded: readonly Condition[], all: readonly Condition[]): string {
  const numbers = excluded.map((condition) => String(all.indexOf(condition) + 1));
  if (excluded.length === 1) return `condition ${numbers.join("")} never holds (${said(excluded)})`;
  return `conditions ${listed(numbers, "and")} exclude each other (${said(excluded)})`;
}

function said(conditions: readonly Condition[]): string {
  return conditions.map(conditionWords).join("; ");
}

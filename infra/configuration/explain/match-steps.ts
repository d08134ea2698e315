import type {
  Action,
  Trigger,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";
import type { MatchedAction } from "../../../worker/isolate/compiled.ts";
import { matchedAction } from "../../../worker/isolate/matched-action.ts";
import { compileAction } from "../../../worker/matching/matcher.ts";
import { PreparedActions, urlFor } from "../../../worker/matching/prepared-actions.ts";
import { urlReadings } from "../../../worker/matching/url-readings.ts";
import type { Visit } from "../../../worker/visitor/visit.ts";
import { conditionOf, type SubjectName } from "../findings/condition.ts";
import { conditionWords } from "../findings/condition-words.ts";
import type { Explainer } from "./explainer.ts";

/** One condition of a trigger, and what the request has there. */
export interface ConditionStep {
  /** `the path contains "/tickets"`. */
  readonly words: string;
  readonly holds: boolean;
  /** What was compared; undefined where nothing is. */
  readonly seen: string | undefined;
}

export interface TriggerStep {
  readonly operator: "and" | "or";
  readonly holds: boolean;
  readonly conditions: readonly ConditionStep[];
}

export interface ActionStep {
  /** Place in the configuration, from 1. */
  readonly order: number;
  readonly name: string;
  readonly type: string;
  readonly matches: boolean;
  readonly triggers: readonly TriggerStep[];
}

export interface Matching {
  /** The actions up to the one that counts, or all of them where none does. */
  readonly actions: readonly ActionStep[];
  readonly matched: MatchedAction | undefined;
  /** How many actions come after the one that counts, and were not looked at. */
  readonly notAsked: number;
  /** The spelling of the URL that decided, where it is not the one that came. */
  readonly reading: string | undefined;
  /** How many spellings were tried. */
  readonly readings: number;
}

/** Which action counts, by the Worker's own code, and why those before it do not. */
export function matchSteps(visit: Visit, { compiled, connector: { settings } }: Explainer): Matching {
  const matched = matchedAction(compiled, visit, settings);
  const readings =
    settings.matching === "normalized" ? urlReadings(visit.url.whole.value) : [visit.url.whole.value];
  const deciding = readings.find((url) => compiled.match(visit.at(url)) === matched) ?? visit.url.whole.value;
  const seen = visit.at(deciding);
  const list = compiled.configuration.Integrations ?? [];
  const place = matched === undefined ? -1 : list.indexOf(matched.action);
  const asked = place === -1 ? list : list.slice(0, place + 1);
  const prepared = new PreparedActions(asked);
  return {
    actions: asked.map((action, index) => ({
      order: index + 1,
      name: action.Name ?? action.EventId ?? "(unnamed)",
      type: action.ActionType,
      matches: prepared.matches(index, seen),
      triggers: action.Triggers.map((trigger) => triggerStep(trigger, action, seen)),
    })),
    matched,
    notAsked: list.length - asked.length,
    reading: seen === visit ? undefined : deciding,
    readings: readings.length,
  };
}

function triggerStep(trigger: Trigger, action: Action, visit: Visit): TriggerStep {
  return {
    operator: trigger.LogicalOperator === "Or" ? "or" : "and",
    holds: holds([trigger], action, visit),
    conditions: trigger.TriggerParts.map((part) => ({
      words: conditionWords({ part }),
      holds: holds([{ LogicalOperator: "And", TriggerParts: [part] }], action, visit),
      seen: seenBy(part, action, visit),
    })),
  };
}

/** The Worker's own judgement of a trigger alone. */
function holds(triggers: readonly Trigger[], action: Action, visit: Visit): boolean {
  return compileAction({ ...action, Triggers: triggers })(visit, urlFor(action, visit));
}

/** What a condition looks at in a request; a test compares it with the Worker's own choice. */
export function seenBy(part: TriggerPart, action: Action, visit: Visit): string | undefined {
  const url = urlFor(action, visit);
  const { kind, of }: SubjectName = conditionOf(part, action).subject;
  switch (kind) {
    case "url":
      return url.whole.value;
    case "host":
      return url.host.value;
    case "path":
      return url.path.value;
    case "cookie":
      return visit.cookieSubject(of).value;
    case "header":
      return visit.headerSubject(of).value;
    case "body":
      return visit.body.value;
    case "nothing":
      return "";
    case "unknown":
      return undefined;
  }
}

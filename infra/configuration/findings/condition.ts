import type {
  Action,
  Trigger,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";
import { type Comparison, compileComparison } from "../../../worker/matching/comparison.ts";

/** One trigger part, and the text of a request that it looks at. */
export interface Condition {
  readonly part: TriggerPart;
  readonly subject: SubjectName;
  /** The Worker's own comparison. */
  readonly holds: Comparison;
}

/**
 * Names a text of the request: the same name, the same text. `nothing` is the empty text that the SDK compares where it
 * knows no part of this name; `unknown` is what no comparison is made with.
 */
export interface SubjectName {
  readonly kind: "url" | "host" | "path" | "cookie" | "header" | "body" | "nothing" | "unknown";
  /** Of a cookie or header; of the URL, in which form it is looked at. */
  readonly of: string;
}

/** Conditions that make an action apply when all of them hold: an And trigger, or one part of an Or trigger. */
export interface Way {
  readonly conditions: readonly Condition[];
  /** Place of the trigger in its action, from 0. */
  readonly trigger: number;
  /** Place of the part in its trigger, from 0; undefined where the way is the whole trigger. */
  readonly part: number | undefined;
}

/** All ways in which an action applies. */
export function waysOf(action: Action): readonly Way[] {
  return action.Triggers.flatMap((trigger, index) => waysOfTrigger(action, trigger, index));
}

function waysOfTrigger(action: Action, trigger: Trigger, index: number): readonly Way[] {
  const conditions = trigger.TriggerParts.map((part) => conditionOf(part, action));
  return trigger.LogicalOperator === "Or"
    ? conditions.map((condition, part) => ({ conditions: [condition], trigger: index, part }))
    : [{ conditions, trigger: index, part: undefined }];
}

/** A trigger part as its action looks at the request. */
export function conditionOf(part: TriggerPart, action: Pick<Action, "IsNormalizationEnabled">): Condition {
  return { part, subject: subjectOf(part, action), holds: compileComparison(part) };
}

const OPERATORS: readonly unknown[] = ["Equals", "EqualsAny", "Contains", "ContainsAny"];

/** A test compares it with the Worker's own choice (`compileAction`). */
function subjectOf(part: TriggerPart, action: Pick<Action, "IsNormalizationEnabled">): SubjectName {
  if (!OPERATORS.includes(part.Operator)) return { kind: "unknown", of: "" };
  switch (part.ValidatorType ?? "") {
    case "UrlValidator": {
      const kind = { PageUrl: "url", HostName: "host", PagePath: "path" } as const;
      const form = action.IsNormalizationEnabled === true ? "normalized" : "as it came";
      const name = part.UrlPart ?? "";
      return Object.hasOwn(kind, name)
        ? { kind: kind[name as keyof typeof kind], of: form }
        : { kind: "nothing", of: "" };
    }
    case "CookieValidator": {
      const name = part.CookieName ?? "";
      // No pair of a Cookie header has such a name.
      const isName = !/[=;]/.test(name) && name.trim() === name;
      return isName ? { kind: "cookie", of: name } : { kind: "nothing", of: "" };
    }
    case "UserAgentValidator":
      return { kind: "header", of: "user-agent" };
    case "HttpHeaderValidator": {
      const name = part.HttpHeaderName ?? "";
      const isName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
      return isName ? { kind: "header", of: name.toLowerCase() } : { kind: "nothing", of: "" };
    }
    case "RequestBodyValidator":
      return { kind: "body", of: "" };
    default:
      return { kind: "unknown", of: "" };
  }
}

export function isSameSubject(one: SubjectName, other: SubjectName): boolean {
  return one.kind === other.kind && one.of === other.of;
}

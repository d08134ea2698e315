import { compileComparison } from "./comparison.ts";
import type { Action, IntegrationConfiguration, Trigger, TriggerPart } from "./configuration.ts";
import { Subject, type UrlSubjects, type Visit } from "./visit.ts";

/** An action whose triggers are ready to be asked. */
export interface CompiledAction {
  readonly action: Action;
  readonly matches: (visit: Visit) => boolean;
  /** Whether one of its triggers looks at the request body. */
  readonly readsBody: boolean;
}

type Condition = (visit: Visit, url: UrlSubjects) => boolean;

const NOTHING = new Subject("");

/**
 * Prepares every action of a configuration, in order. The meaning is that of the SDK's IntegrationEvaluator,
 * which a differential test compares with; what the SDK does on every request is done here once.
 */
export function compileActions(configuration: IntegrationConfiguration): readonly CompiledAction[] {
  return (configuration.Integrations ?? []).map((action) => {
    const triggers = action.Triggers.map(compileTrigger);
    const normalizes = action.IsNormalizationEnabled === true;
    return {
      action,
      matches: (visit) => {
        const url = normalizes ? visit.normalizedUrl : visit.url;
        return triggers.some((holds) => holds(visit, url));
      },
      readsBody: action.Triggers.some(({ TriggerParts: parts }) => parts.some(looksAtBody)),
    };
  });
}

function compileTrigger(trigger: Trigger): Condition {
  const conditions = trigger.TriggerParts.map(compilePart);
  return trigger.LogicalOperator === "Or"
    ? (visit, url) => conditions.some((holds) => holds(visit, url))
    : (visit, url) => conditions.every((holds) => holds(visit, url));
}

function compilePart(part: TriggerPart): Condition {
  const holds = compileComparison(part);
  switch (part.ValidatorType ?? "") {
    case "UrlValidator": {
      const select = urlPart(part.UrlPart);
      return (_visit, url) => holds(select(url));
    }
    case "CookieValidator": {
      const name = part.CookieName ?? "";
      return (visit) => holds(visit.cookieSubject(name));
    }
    case "UserAgentValidator":
      return (visit) => holds(visit.headerSubject("user-agent"));
    case "HttpHeaderValidator": {
      const name = part.HttpHeaderName ?? "";
      // A name that no header can have would make the runtime throw; the header is simply missing.
      return isHeaderName(name) ? (visit) => holds(visit.headerSubject(name)) : () => holds(NOTHING);
    }
    case "RequestBodyValidator":
      return (visit) => holds(visit.body);
    default:
      return () => false;
  }
}

function urlPart(part: string | null | undefined): (url: UrlSubjects) => Subject {
  switch (part ?? "") {
    case "PageUrl":
      return (url) => url.whole;
    case "HostName":
      return (url) => url.host;
    case "PagePath":
      return (url) => url.path;
    default:
      return () => NOTHING;
  }
}

function looksAtBody(part: TriggerPart): boolean {
  return part.ValidatorType === "RequestBodyValidator";
}

function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
}

import { compileComparison } from "./comparison.ts";
import type { Action, Trigger, TriggerPart } from "../configuration/integration-configuration.ts";
import { Subject, type UrlSubjects, type Visit } from "../visitor/visit.ts";

/** Whether something holds for a request, whose URL is given as it is or normalized. */
export type Condition = (visit: Visit, url: UrlSubjects) => boolean;

const NOTHING = new Subject("");

/**
 * Prepares the triggers of an action. The meaning is that of the SDK's IntegrationEvaluator, which a
 * differential test compares with; what the SDK does on every request is done here once.
 */
export function compileAction(action: Action): Condition {
  const triggers = action.Triggers.map(compileTrigger);
  return (visit, url) => triggers.some((holds) => holds(visit, url));
}

/** Whether one of the action's triggers looks at the request body. */
export function readsBody(action: Action): boolean {
  return action.Triggers.some(({ TriggerParts: parts }) => parts.some(looksAtBody));
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

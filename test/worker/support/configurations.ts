import type {
  Action,
  IntegrationConfiguration,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";

/** A trigger part on the path, the commonest kind. */
export function pathContains(value: string): TriggerPart {
  return {
    ValidatorType: "UrlValidator",
    UrlPart: "PagePath",
    Operator: "Contains",
    ValueToCompare: value,
    IsNegative: false,
    IsIgnoreCase: true,
  };
}

/** Everything an action may say; the SDK's own model, so that tests can use all of it. */
export type TestAction = Action & Readonly<Record<string, unknown>>;

/** A queue action on `/tickets`, with changes. */
export function queueAction(changes: Partial<TestAction> = {}): TestAction {
  return {
    Name: "protect tickets",
    ActionType: "Queue",
    EventId: "event1",
    CookieDomain: "",
    LayoutName: "",
    Culture: "",
    ExtendCookieValidity: true,
    CookieValidityMinute: 20,
    QueueDomain: "testcustomer.queue-it.net",
    RedirectLogic: "AllowTParameter",
    ForcedTargetUrl: "",
    Triggers: [{ LogicalOperator: "And", TriggerParts: [pathContains("/tickets")] }],
    ...changes,
  };
}

/** An action of another type on a path. */
export function actionOn(path: string, changes: Partial<TestAction>): TestAction {
  return queueAction({
    Triggers: [{ LogicalOperator: "And", TriggerParts: [pathContains(path)] }],
    ...changes,
  });
}

/** A configuration of these actions. */
export function configurationOf(...actions: readonly TestAction[]): IntegrationConfiguration {
  return { Version: 5, Integrations: actions };
}

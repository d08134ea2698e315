import { type TestAction, queueAction } from "../test/worker/support/configurations.ts";
import type {
  IntegrationConfiguration,
  TriggerPart,
} from "../worker/configuration/integration-configuration.ts";

/** Path of the page that the last action of every configuration protects. */
export const PROTECTED_PATH = "/sale/tickets-for-the-finals";
export const HOST = "shop.example";
/** What the body trigger of `withBodyTrigger` looks for. */
export const BODY_MARK = "operation=checkout";

/**
 * A configuration of this many actions, each with one trigger of two parts, in the shapes that people write.
 * All are for the host that is asked, only the last is for the protected page: a linear search has to try
 * every one.
 */
export function configurationOf(actions: number, withBodyTrigger: boolean): IntegrationConfiguration {
  const others = Array.from({ length: actions - 1 }, (_, index) => action(index, partsFor(index)));
  const last = withBodyTrigger
    ? [part("Contains", BODY_MARK, { ValidatorType: "RequestBodyValidator" }), hostIs(HOST)]
    : [part("Contains", PROTECTED_PATH, { UrlPart: "PagePath" }), hostIs(HOST)];
  return { Version: 1, Integrations: [...others, action(actions - 1, last, "event1")] };
}

function partsFor(index: number): readonly TriggerPart[] {
  const page = `/sale/product-${String(index).padStart(5, "0")}`;
  switch (index % 4) {
    case 0:
      return [part("Contains", page, { UrlPart: "PagePath" }), hostIs(HOST)];
    case 1:
      return [
        part("Contains", page, { UrlPart: "PageUrl" }),
        part("Contains", "/static/", { UrlPart: "PageUrl", IsNegative: true }),
      ];
    case 2:
      return [part("Equals", page, { UrlPart: "PagePath" }), hostIs(HOST)];
    default:
      return [
        part("EqualsAny", "", { UrlPart: "HostName", ValuesToCompare: [HOST, `www.${HOST}`] }),
        part("Contains", page, { UrlPart: "PageUrl", IsIgnoreCase: false }),
      ];
  }
}

function hostIs(host: string): TriggerPart {
  return part("Equals", host, { UrlPart: "HostName" });
}

function part(operator: string, value: string, changes: Partial<TriggerPart>): TriggerPart {
  return {
    ValidatorType: "UrlValidator",
    Operator: operator,
    ValueToCompare: value,
    ValuesToCompare: null,
    UrlPart: "PageUrl",
    IsNegative: false,
    IsIgnoreCase: true,
    ...changes,
  };
}

function action(index: number, parts: readonly TriggerPart[], room = `room${index}`): TestAction {
  return queueAction({
    Name: `protect page ${index}`,
    EventId: room,
    CookieDomain: HOST,
    CookieValidityMinute: 1440,
    Triggers: [{ LogicalOperator: "And", TriggerParts: parts }],
  });
}

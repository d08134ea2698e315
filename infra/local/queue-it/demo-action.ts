// Forms of the integrationConfigModel of the SDK 5.0.1, with every property.

/** One action, with every property. */
export interface DemoAction {
  readonly Name: string;
  readonly ActionType: "Queue" | "Cancel" | "Ignore";
  readonly EventId: string;
  readonly InvolvedWaitingRoomIds: readonly string[];
  readonly CookieDomain: string;
  readonly IsCookieHttpOnly: boolean;
  readonly IsCookieSecure: boolean;
  readonly LayoutName: string;
  readonly Culture: string;
  readonly ExtendCookieValidity: boolean;
  readonly CookieValidityMinute: number;
  readonly QueueDomain: string;
  readonly QueuePathPrefix: string;
  readonly RedirectLogic: "AllowTParameter";
  readonly ForcedTargetUrl: string;
  readonly VerifyQueueIdEnabled: boolean;
  readonly QueueIdUsageLimit: number | null;
  readonly IsNormalizationEnabled: boolean;
  readonly Triggers: readonly DemoTrigger[];
}

export interface DemoTrigger {
  readonly LogicalOperator: "And" | "Or";
  readonly TriggerParts: readonly DemoTriggerPart[];
}

export interface DemoTriggerPart {
  readonly ValidatorType: "UrlValidator" | "RequestBodyValidator" | "CookieValidator";
  readonly UrlPart: "HostName" | "PagePath" | "";
  readonly CookieName: string;
  readonly HttpHeaderName: string;
  readonly Operator: "Equals" | "Contains" | "ContainsAny";
  readonly ValueToCompare: string;
  readonly ValuesToCompare: readonly string[];
  readonly IsNegative: boolean;
  readonly IsIgnoreCase: boolean;
}

/** Properties of an action that the demo has no use for, as the platform fills them in. */
export const ACTION = {
  InvolvedWaitingRoomIds: [],
  CookieDomain: "",
  IsCookieHttpOnly: true,
  IsCookieSecure: true,
  LayoutName: "",
  Culture: "",
  ExtendCookieValidity: true,
  CookieValidityMinute: 20,
  QueuePathPrefix: "",
  RedirectLogic: "AllowTParameter",
  ForcedTargetUrl: "",
  VerifyQueueIdEnabled: false,
  QueueIdUsageLimit: null,
  IsNormalizationEnabled: true,
} as const;

/** A condition that says nothing yet. */
export const PART: DemoTriggerPart = {
  ValidatorType: "UrlValidator",
  UrlPart: "",
  CookieName: "",
  HttpHeaderName: "",
  Operator: "Equals",
  ValueToCompare: "",
  ValuesToCompare: [],
  IsNegative: false,
  IsIgnoreCase: false,
};

/** A condition on the path as it looks once it is normalized. */
export function path(operator: DemoTriggerPart["Operator"], value: string): DemoTriggerPart {
  return { ...PART, UrlPart: "PagePath", Operator: operator, ValueToCompare: value };
}

/** A condition on the body of a request. */
export function body(operator: DemoTriggerPart["Operator"], value: string): DemoTriggerPart {
  return { ...PART, ValidatorType: "RequestBodyValidator", Operator: operator, ValueToCompare: value };
}

/** A condition on a cookie. */
export function cookie(name: string, operator: DemoTriggerPart["Operator"], value: string): DemoTriggerPart {
  return {
    ...PART,
    ValidatorType: "CookieValidator",
    CookieName: name,
    Operator: operator,
    ValueToCompare: value,
  };
}

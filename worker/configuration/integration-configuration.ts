/**
 * The integration configuration as Queue-it's platform publishes it: property names are the wire's.
 * Its meaning is that of `@queue-it/connector-javascript` 5.0.1, IntegrationConfig.
 */
export interface IntegrationConfiguration {
  /** Rises with each publish. */
  readonly Version: number;
  /** Actions in order; the first whose trigger is true counts. */
  readonly Integrations?: readonly Action[] | null;
}

/** What to do with requests that match one of its triggers. */
export interface Action {
  readonly Name?: string | null;
  /** `Queue`, `Cancel` or `Ignore`; the SDK takes any other as `Ignore`. */
  readonly ActionType: string;
  /** Id of the waiting room. */
  readonly EventId?: string | null;
  readonly InvolvedWaitingRoomIds?: readonly string[] | null;
  readonly QueueDomain?: string | null;
  readonly CookieValidityMinute?: number | null;
  /**
   * `ForcedTargetUrl` and `EventTargetUrl` fix where visitors come back to; any other is the page they asked
   * for.
   */
  readonly RedirectLogic?: string | null;
  readonly ForcedTargetUrl?: string | null;
  readonly Triggers: readonly Trigger[];
  readonly VerifyQueueIdEnabled?: boolean | null;
  readonly IsNormalizationEnabled?: boolean | null;
}

/** True when all (`And`) or any (`Or`) of its parts are. */
export interface Trigger {
  readonly LogicalOperator?: string | null;
  readonly TriggerParts: readonly TriggerPart[];
}

/** One comparison of something in the request with one or several literals. */
export interface TriggerPart {
  readonly ValidatorType?: string | null;
  readonly Operator?: string | null;
  readonly ValueToCompare?: string | null;
  readonly ValuesToCompare?: readonly string[] | null;
  readonly IsNegative?: boolean | null;
  readonly IsIgnoreCase?: boolean | null;
  readonly UrlPart?: string | null;
  readonly CookieName?: string | null;
  readonly HttpHeaderName?: string | null;
}

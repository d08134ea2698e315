/** What the SDK's KnownUser asks of its evaluator. */
interface Configuration {
  readonly Integrations?: readonly object[];
}

/**
 * Stands in the bundle for the SDK's IntegrationEvaluator: the configuration that the SDK gets holds nothing
 * but the action that matched, if one did, with a trigger that is always true.
 */
export class IntegrationEvaluator {
  getMatchedIntegrationConfig({ Integrations: [action] = [] }: Configuration): object | null {
    return action ?? null;
  }
}

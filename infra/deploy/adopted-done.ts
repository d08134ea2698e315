import type { Review } from "../plan/review.ts";
import type { ConnectorSpec } from "../specification/specification.ts";

/**
 * What to do about `adopted` of an environment once it is done: a sentence, or undefined while a plan still takes
 * something over, or the environment has none.
 *
 * @param review Of a plan that did not stop.
 */
export function adoptedDone(
  { environment, adopted }: Pick<ConnectorSpec, "environment" | "adopted">,
  { counts }: Pick<Review, "counts">,
): string | undefined {
  if (adopted === undefined || counts.import > 0) return undefined;
  return (
    `adopted in infra/environments/${environment}.ts has no effect any more: what it names is in Terraform's state. ` +
    "Delete it there, before somebody takes it for a setting."
  );
}

import { settled } from "../../environments/definition/settled.ts";
import { routedSites } from "../sites/routed-sites.ts";
import type { Target } from "../../specification/target.ts";
import { findTriedPage } from "./find-tried-page.ts";
import type { Preview } from "./preview.ts";
import { type CheckResult, checkSixSteps } from "./six-steps.ts";
import { acceptedConfiguration } from "../../queue-it/accepted-configuration.ts";

/**
 * Walks through a preview as a visitor would, on a page of its own that queues.
 *
 * @throws UserError when no page of the environment leads to a waiting room and back.
 */
export async function* checkPreview(
  environment: Target,
  { queueIt, localUrl }: Pick<Preview, "queueIt" | "localUrl">,
): AsyncGenerator<CheckResult> {
  const target = await findTriedPage({
    ...routedSites(environment),
    matching: settled(environment.named).queueIt.matching,
    configuration: acceptedConfiguration(queueIt.getConfiguration()),
    localUrl,
  });
  yield* checkSixSteps(target);
}

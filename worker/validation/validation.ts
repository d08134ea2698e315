import type { Connector } from "../isolate/connector.ts";
import { Failure, failureFrom } from "../runtime/failure.ts";
import { logWarning } from "../runtime/log.ts";
import { type Ahead, askedAhead } from "./ahead.ts";
import { askSdk } from "./ask-sdk.ts";
import { preparedQueueAction } from "./prepared-queue-action.ts";
import { AJAX_HEADER } from "./sdk-context.ts";
import { passWithSession } from "./session.ts";
import type { Question, Sdk, Verdict } from "./verdict.ts";

/** What comes of a question; or what a browser asked ahead, so that the SDK was not asked. */
type Answer = Verdict | Ahead;

/**
 * Lets the SDK decide; a promise only where it needs more than the session cookie.
 * @throws Failure when an endpoint the action needs is out of reach.
 */
export function validate(question: Question, connector: Connector, sdk: Sdk): Answer | Promise<Answer> {
  const { visit, matched, queueToken } = question;
  const action = matched && queueToken === "" ? preparedQueueAction(matched, sdk) : undefined;
  const verdict =
    (action && passWithSession(action, visit, connector, sdk)) ?? askedAhead(question, connector.settings);
  if (verdict !== undefined) return verdict;
  if (question.queueToken !== "") return validateWithToken(question, connector, sdk);
  return askSdk(question, connector, sdk, visit.header(AJAX_HEADER) === "" ? action : undefined);
}

/**
 * The SDK 5.0.1 throws on a signed queue token without redirect type. Whatever it is that a token makes it
 * throw, the visitor is then treated as one without a token: a token is never the way past the waiting room.
 */
async function validateWithToken(question: Question, connector: Connector, sdk: Sdk): Promise<Answer> {
  try {
    return await askSdk(question, connector, sdk);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const verdict = await validate({ ...question, queueToken: "" }, connector, sdk);
    // Only now is it known that it was the token.
    logWarning({ event: "queue-token-ignored", reason: "sdk-error", detail: failureFrom(error).message });
    return verdict;
  }
}

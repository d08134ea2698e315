import { FOR_SHARED_CACHES } from "../answers/cache-privacy.ts";
import { NO_CACHE, passOn } from "../answers/response.ts";
import { SESSION_COOKIE_BEGINNING } from "../validation/session-cookie.ts";
import type { Facts, HookRequest, WorkerHooks } from "./define-hooks.ts";
import { factsOf, noteFacts } from "./facts.ts";
import { propertiesOf, refused } from "./returned.ts";
import { runHook } from "./run-hook.ts";

/** What becomes of a request before the connector looks at it. */
export interface Before {
  /** An answer in place of the site's; undefined where the hook gives none. */
  readonly answer: Response | undefined;
  readonly leavesAlone: boolean;
  readonly facts: Facts;
}

export const NOTHING_BEFORE: Before = { answer: undefined, leavesAlone: false, facts: [] };

/** Asks the hook about a request. Never throws. */
export async function beforeMatching(hooks: WorkerHooks, request: HookRequest): Promise<Before> {
  const before = await runHook("beforeMatching", () => hooks.beforeMatching?.(request), readBefore);
  if (before === undefined) return NOTHING_BEFORE;
  noteFacts(before.facts);
  return before;
}

function readBefore(returned: unknown): Before {
  const { leaveAlone, answer, facts } = propertiesOf(returned, ["leaveAlone", "answer", "facts"]);
  if (leaveAlone !== undefined && leaveAlone !== true)
    throw refused("leaveAlone is neither true nor left out.");
  if (leaveAlone === true && answer !== undefined) throw refused("It leaves alone and answers.");
  const names = factsOf(facts);
  return {
    answer: answer === undefined ? undefined : ownAnswer(answer),
    leavesAlone: leaveAlone === true,
    facts: names,
  };
}

/** @throws Failure for what is not an answer, or deals with sessions. */
function ownAnswer(given: unknown): Response {
  if (!(given instanceof Response)) throw refused("The answer is not a Response.");
  const { status, body, bodyUsed } = given;
  // An error and an upgrade: the runtime gives them to no visitor, and would ask the site instead, past the queue.
  if (status < 200 || status > 599) throw refused("The status of the answer is not 200 to 599.");
  if (bodyUsed || body?.locked === true) throw refused("The body of the answer was read already.");
  // A body that breaks off before its first byte would be such an answer, too; behind a pipe the answer has begun.
  const answer = passOn(new Response(body?.pipeThrough(new TransformStream()), given), [], false);
  const { headers } = answer;
  const isSession = headers
    .getSetCookie()
    .some((line) => line.trimStart().startsWith(SESSION_COOKIE_BEGINNING));
  if (isSession || headers.has("clear-site-data")) throw refused("The answer makes or ends a session.");
  for (const [name, value] of Object.entries(NO_CACHE)) headers.set(name, value);
  for (const name of FOR_SHARED_CACHES) headers.delete(name);
  return answer;
}

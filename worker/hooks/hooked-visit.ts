import type { Decision } from "../request-flow.ts";
import { afterDecision } from "./after-decision.ts";
import { type Before, beforeMatching, NOTHING_BEFORE } from "./before-matching.ts";
import type { AnswerSeen, HookRequest, WorkerHooks } from "./define-hooks.ts";
import { hookRequest } from "./hook-request.ts";
import { onResponse } from "./on-response.ts";

/** One request on its way through the site's hooks. Nothing here throws because of a hook. */
export class HookedVisit {
  readonly #request: HookRequest;
  #before: Before = NOTHING_BEFORE;
  #by: AnswerSeen["by"] = "connector";

  constructor(
    readonly hooks: WorkerHooks,
    request: Request,
  ) {
    this.#request = hookRequest(request);
  }

  /**
   * What becomes of the request: what the hooks say, or what the connector decides and they change.
   * @throws Failure where the connector does.
   */
  async decide(decideWithout: () => Promise<Decision>): Promise<Decision | Response> {
    this.#before = await beforeMatching(this.hooks, this.#request);
    const { answer, leavesAlone, facts } = this.#before;
    if (answer !== undefined) {
      this.#by = "hook";
      return answer;
    }
    if (leavesAlone) return { kind: "pass", url: this.#request.url, cookies: [], failedOpen: false };
    const decision = await afterDecision(this.hooks, await decideWithout(), this.#request, facts);
    if (decision instanceof Response) this.#by = "hook";
    return decision;
  }

  /** The answer with the headers that the hook sets. */
  async finish(answer: Response, decision: Decision | Response): Promise<Response> {
    const by = !(decision instanceof Response) && isForSite(decision) ? "site" : this.#by;
    await onResponse(this.hooks, answer, by, this.#request, this.#before.facts);
    return answer;
  }
}

function isForSite(decision: Decision): boolean {
  return decision.kind === "pass" || (decision.kind === "preflight" && decision.allowed === undefined);
}

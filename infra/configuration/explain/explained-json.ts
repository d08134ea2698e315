import { hideTokens } from "../../queue-it/hide-tokens.ts";
import { plainText } from "../../plan/sentence.ts";
import { outcomeSentence } from "../../plan/report/outcome.ts";
import { inFormat } from "../../json/format.ts";
import { CONFIG_EXPLAIN } from "./explain-format.ts";
import { answerWords } from "./answer-words.ts";
import type { ExplainedRequest } from "./explain-request.ts";

/**
 * An explanation for programs. No token and no cookie of the visitor is in it.
 *
 * @param unknown Why the integration configuration is not known. Default: it is.
 */
export function explainedJson(
  { request, environment, route, worker }: ExplainedRequest,
  source: string | null,
  unknown?: string,
): object {
  const { outcome, pattern, outranked, worker: other, paid } = route;
  return inFormat(CONFIG_EXPLAIN, {
    environment,
    configuration: source,
    method: request.method,
    url: hideTokens(request.url.href),
    route: {
      outcome,
      pattern,
      outranked,
      worker: other,
      paid,
      text: plainText(outcomeSentence({ ...route, action: "none" })).replace(", no action applies", ""),
    },
    worker: worker && {
      actions: worker.matching.actions,
      action: worker.matching.matched && {
        name: worker.matching.matched.action.Name,
        type: worker.matching.matched.action.ActionType,
        waitingRoom: worker.matching.matched.action.EventId,
      },
      notAsked: worker.matching.notAsked,
      reading: worker.matching.reading,
      credentials: worker.credentials,
      outcome: worker.isConditional ? "not-checked" : worker.decision.kind,
      chainedWorker: worker.chained,
      isAjax: worker.decision.kind === "to-queue-it" && worker.decision.isAjax,
      ...answerWords(worker),
      notes: worker.notes,
      log: worker.log,
    },
    ...(unknown !== undefined && { unknown }),
  });
}

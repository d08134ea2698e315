import { actionEffect, actionTypeWords } from "../../queue-it/action-effect.ts";
import type { Explanation } from "../routing.ts";
import { type Sentence, sentence } from "../sentence.ts";

/** What happens to a URL, in words. */
export function outcomeSentence({ outcome, pattern, action, paid, worker }: Explanation): Sentence {
  switch (outcome) {
    case "uncertain":
      return ["known after the apply"];
    case "no-route":
      return ["no route: not seen by the Worker, not paid"];
    case "bypassed":
      if (worker !== undefined)
        return sentence`bypassed by ${pattern ?? ""}: the Worker ${worker} answers, past the waiting room, a paid invocation`;
      return [...sentence`bypassed by ${pattern ?? ""}`, ": not seen by the Worker, not paid"];
    case "protected":
      return [
        ...sentence`protected by ${pattern ?? ""}`,
        ...actionWords(action),
        paid ? ", a paid invocation" : "",
      ];
  }
}

function actionWords(action: Explanation["action"]): Sentence {
  if (action === undefined) return [", action not known"];
  if (action === "none") return [", no action applies"];
  const room = action.waitingRoom ?? "";
  const words = sentence`, action ${action.name} (${actionTypeWords(action.type)})`;
  const leadsThere = actionEffect(action.type) === "Queue" && room !== "" && room !== action.name;
  return leadsThere ? [...words, ...sentence` to waiting room ${room}`] : words;
}

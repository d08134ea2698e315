import { expect, it } from "vitest";
import { outcomeSentence } from "../../../infra/plan/report/outcome.ts";
import { plainText } from "../../../infra/plan/sentence.ts";

it.each([
  ["Queue", "action Leave (Queue) to waiting room sale1"],
  ["Cancel", "action Leave (Cancel)"],
  ["queue", "action Leave (queue, which is treated as Ignore)"],
])("an action of type %s leads to a waiting room only if it queues", (type, words) => {
  const explanation = {
    outcome: "protected",
    pattern: "a.dk/*",
    outranked: [],
    paid: true,
    action: { type, name: "Leave", waitingRoom: "sale1", queueDomain: "acme.queue-it.net" },
  } as const;
  expect(plainText(outcomeSentence(explanation))).toBe(`protected by a.dk/*, ${words}, a paid invocation`);
});

import { expect, it } from "vitest";
import { outcomeSentence } from "../../../infra/plan/report/outcome.ts";
import { plainText } from "../../../infra/plan/sentence.ts";

it("a bypass to another Worker is answered by that one, and paid for", () => {
  const explanation = {
    outcome: "bypassed",
    pattern: "a.dk/account/*",
    outranked: [],
    worker: "shop-account",
    paid: true,
    action: undefined,
  } as const;
  expect(plainText(outcomeSentence(explanation))).toBe(
    "bypassed by a.dk/account/*: the Worker shop-account answers, past the waiting room, a paid invocation",
  );
});

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

import { describe, expect, it } from "vitest";
import { actionEffect, actionTypeWords } from "../../../infra/queue-it/action-effect.ts";
import { askSdk } from "../local/queue-it/sdk.ts";

describe("an action of type", () => {
  it.each([
    ["Queue", "Queue"],
    ["Cancel", "Cancel"],
    ["Ignore", "Ignore"],
    ["queue", "Ignore"],
    ["Queue ", "Ignore"],
    ["Block", "Ignore"],
  ])(
    "%j does what %s does, and the SDK holds a visitor without a session only at Queue",
    async (type, effect) => {
      expect(actionEffect(type)).toBe(effect);
      const action = {
        Name: "Sale",
        ActionType: type,
        EventId: "sale1",
        QueueDomain: "acme.queue-it.net",
        QueuePathPrefix: "",
        CookieValidityMinute: 20,
        Triggers: [{ LogicalOperator: "And", TriggerParts: [] }],
      };
      const configuration = JSON.stringify({ Version: 1, Integrations: [action] });
      const { redirectUrl } = await askSdk({ url: "https://a.dk/tickets" }, configuration);
      expect(redirectUrl !== undefined).toBe(actionEffect(type) === "Queue");
    },
  );

  it.each([
    ["Cancel", "Cancel"],
    ["queue", "queue, which is treated as Ignore"],
  ])("%s is called %j", (type, words) => {
    expect(actionTypeWords(type)).toBe(words);
  });
});

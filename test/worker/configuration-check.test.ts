import { describe, expect, it } from "vitest";
import { checkConfiguration } from "../../worker/configuration-check.ts";
import { actionOn, configurationOf, pathContains, queueAction } from "./support/configurations.ts";

function reasonsOf(value: unknown): readonly string[] {
  const check = checkConfiguration(value);
  return check.ok ? [] : check.reasons;
}

describe("the check of an integration configuration", () => {
  it("accepts what Queue-it publishes, with its nulls and with properties not known here", () => {
    const action = queueAction({
      InvolvedWaitingRoomIds: null,
      QueueIdUsageLimit: null,
      FutureProperty: { a: 1 },
    });
    const configuration = { ...configurationOf(action), CustomerId: "c", PublishDate: "2026-01-01" };
    expect(checkConfiguration(configuration)).toEqual({ ok: true, configuration });
  });

  it.each([{ Version: 0 }, { Version: 0, Integrations: [] }, { Version: 1, Integrations: null }])(
    "accepts %j, which has no actions",
    (value) => {
      expect(reasonsOf(value)).toEqual([]);
    },
  );

  it.each([null, [], "text", 7])("refuses %j", (value) => {
    expect(reasonsOf(value)).toEqual(["configuration: must be a JSON object"]);
  });

  it("names every problem with its place", () => {
    const broken = {
      Version: "5",
      Integrations: [
        queueAction({ EventId: "", QueueDomain: null, CookieValidityMinute: 0 }),
        {
          ...queueAction(),
          Triggers: [{ TriggerParts: [{ ...pathContains("a"), ValuesToCompare: ["b", 7] }, null] }],
        },
        { ...queueAction(), Triggers: null },
        "action",
      ],
    };
    expect(reasonsOf(broken)).toEqual([
      "Integrations[0].EventId: must name the waiting room",
      "Integrations[0].QueueDomain: must be the host name of the waiting room",
      "Integrations[0].CookieValidityMinute: must be a number of minutes greater than 0",
      "Integrations[1].Triggers[0].TriggerParts[0].ValuesToCompare[1]: must be a text",
      "Integrations[1].Triggers[0].TriggerParts[1]: must be an object",
      "Integrations[2].Triggers: must be a list of triggers",
      "Integrations[3]: must be an object",
      "Version: must be a whole number that is not negative",
    ]);
  });

  it("wants a name for the cookie or header of a trigger", () => {
    const parts = [{ ValidatorType: "CookieValidator" }, { ValidatorType: "HttpHeaderValidator" }];
    const action = queueAction({ Triggers: [{ TriggerParts: parts }] });
    expect(reasonsOf(configurationOf(action))).toEqual([
      "Integrations[0].Triggers[0].TriggerParts[0].CookieName: must name the cookie to compare",
      "Integrations[0].Triggers[0].TriggerParts[1].HttpHeaderName: must name the header to compare",
    ]);
  });

  it("lets a cancel action name its waiting rooms in either place", () => {
    const cancel = { ActionType: "Cancel", EventId: null };
    expect(
      reasonsOf(configurationOf(actionOn("/a", { ...cancel, InvolvedWaitingRoomIds: ["event1"] }))),
    ).toEqual([]);
    expect(reasonsOf(configurationOf(actionOn("/a", cancel)))).toEqual([
      "Integrations[0].EventId: must name the waiting room, unless InvolvedWaitingRoomIds does",
    ]);
  });

  it.each(["a;b", "a b", "a=b", "ü"])(
    "refuses the waiting room id %j, which no cookie name can hold",
    (EventId) => {
      expect(reasonsOf(configurationOf(queueAction({ EventId })))).toEqual([
        "Integrations[0].EventId: must be a text that fits into the name of a cookie",
      ]);
    },
  );

  it("wants a version above 0 as soon as there are actions, because the SDK does", () => {
    expect(reasonsOf({ Version: 0, Integrations: [queueAction()] })).toEqual([
      "Version: must be at least 1 when there are actions",
    ]);
  });
});

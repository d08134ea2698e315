import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConfiguration } from "../../../worker/configuration/check.ts";
import { decide, type Decision } from "../../../worker/request-flow.ts";
import { actionOn, configurationOf, pathContains, queueAction } from "../support/configurations.ts";
import { connectorWith, TestContext } from "../support/connector.ts";
import { QUEUE_ID } from "../support/session-cookie.ts";
import { queueToken } from "../support/tokens.ts";
import { parsedUrl } from "../../../infra/url/parsed-url.ts";

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
      "Version: must be a whole number that is not negative",
      "Integrations[0].EventId: must name the waiting room",
      "Integrations[0].QueueDomain: must be the host name of the waiting room",
      "Integrations[0].CookieValidityMinute: must be a number of minutes greater than 0",
      "Integrations[1].Triggers[0].TriggerParts[0].ValuesToCompare[1]: must be a text",
      "Integrations[1].Triggers[0].TriggerParts[1]: must be an object",
      "Integrations[2].Triggers: must be a list of triggers",
      "Integrations[3]: must be an object",
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

  it.each([
    "a;b",
    "a b",
    "a=b",
    "ü",
    "a_b",
    "a~b",
    "a&b",
    'a"b',
    "a\\b",
    "a,b",
    "a\u0000",
    "x".repeat(201),
    `sale${QUEUE_ID}`,
  ])("refuses the waiting room id %j, which tokens or cookies cannot hold", (room) => {
    const reason = expect.stringContaining("must be a waiting room's id") as string;
    expect(reasonsOf(configurationOf(queueAction({ EventId: room })))).toEqual([reason]);
    expect(reasonsOf(configurationOf(queueAction({ InvolvedWaitingRoomIds: [room] })))).toEqual([reason]);
  });

  it("accepts no waiting room id that does not work: visitors get in with a token, and stay in", async () => {
    const characters = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
    const room = fc.oneof(
      fc.string({ unit: characters, minLength: 1, maxLength: 12 }),
      characters.map((one) => one.repeat(200)),
    );
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(room, async (EventId) => {
        const configuration = configurationOf(queueAction({ EventId }));
        if (reasonsOf(configuration).length > 0) return;
        accepted++;
        const connector = connectorWith(configuration);
        const visit = (url: string, cookie: string): Promise<Decision> =>
          decide(
            { url, method: "GET", headers: new Headers({ cookie }) },
            () => Promise.resolve(""),
            connector,
            new TestContext(),
          );
        const page = "https://shop.example/tickets";
        const token = encodeURIComponent(
          queueToken({ room: EventId, validityMinutes: 99_999, ip: "192.0.2.1" }),
        );
        const back = await visit(`${page}?queueittoken=${token}`, "");
        expect(back.kind).toBe("strip-token");
        const [cookie = ""] = back.cookies.join().split("; ", 1);
        expect(cookie.length).toBeLessThan(4000);
        expect((await visit(page, cookie)).kind).toBe("pass");
      }),
    );
    expect(accepted).toBeGreaterThan(30);
  });

  it.each([
    "a b.example",
    "wait.example.com/room",
    "wait.example.com?x",
    "user@wait.example.com",
    "münchen.example",
    "256.1.1.1",
    "wait..example",
    "-wait.example",
    "wait.example:x",
    "wait.example:99999",
    // Node.js 24 reads it as a name, as the URL standard now does; workerd, and so the Worker, refuses it.
    ...(parsedUrl("https://xn--a/") === undefined ? ["xn--a"] : []),
    "a,b",
    "[::1]",
    "",
  ])("refuses the queue domain %j, which is no host name", (QueueDomain) => {
    expect(reasonsOf(configurationOf(queueAction({ QueueDomain })))).toEqual([
      "Integrations[0].QueueDomain: must be the host name of the waiting room",
    ]);
  });

  it.each(["acme.queue-it.net", "Acme.Queue-it.net/", "wait.example:8443", "wait.example:443", "localhost"])(
    "accepts the queue domain %j",
    (QueueDomain) => {
      expect(reasonsOf(configurationOf(queueAction({ QueueDomain })))).toEqual([]);
    },
  );

  it.each([
    "https://shop.example/",
    "shop.example:8443",
    "*.shop.example",
    "shop.example/",
    "shop..example",
    ".",
  ])("refuses the cookie domain %j, whose sessions browsers drop", (CookieDomain) => {
    expect(reasonsOf(configurationOf(queueAction({ CookieDomain })))).toEqual([
      expect.stringContaining("CookieDomain: must be a domain"),
    ]);
  });

  it.each(["", "shop.example", ".Shop.example", null])("accepts the cookie domain %j", (CookieDomain) => {
    expect(reasonsOf(configurationOf(queueAction({ CookieDomain })))).toEqual([]);
  });

  it.each([null, 0, -1, 0.5])("refuses a usage limit of %j where uses are counted", (QueueIdUsageLimit) => {
    const reason = expect.stringContaining("QueueIdUsageLimit: must be at least 1") as string;
    expect(
      reasonsOf(configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit }))),
    ).toEqual([reason]);
    expect(reasonsOf(configurationOf(queueAction({ QueueIdUsageLimit })))).toEqual([]);
  });

  it.each(["a?b", "a#b", "a b", "a\\b", "ü", "a\n"])(
    "refuses the path prefix %j, which would not stay a path",
    (QueuePathPrefix) => {
      expect(reasonsOf(configurationOf(queueAction({ QueuePathPrefix })))).toEqual([
        "Integrations[0].QueuePathPrefix: must be a path in visible ASCII, without ? and # and \\",
      ]);
    },
  );

  it("wants a version above 0 as soon as there are actions, because the SDK does", () => {
    expect(reasonsOf({ Version: 0, Integrations: [queueAction()] })).toEqual([
      "Version: must be at least 1 when there are actions",
    ]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { updateConfiguration } from "../../../worker/publishing/update.ts";
import { configurationOf, queueAction, type TestAction } from "../support/configurations.ts";
import { TestContext } from "../support/connector.ts";
import { watchLog } from "../support/decided.ts";
import { connectorHolding } from "../support/endpoint.ts";

const HELD = { Version: 5, Integrations: [] };
const ENDPOINT = {
  verifyActionUrl: "https://queue.example/",
  apiKey: () => Promise.resolve("a key"),
};

let log: ReturnType<typeof watchLog>;
beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** An action of which Queue-it counts how often a queue id is used. */
const limitedAction = (changes: Partial<TestAction>): TestAction =>
  queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 3, ...changes });

const textOf = (version: number, ...actions: TestAction[]): string =>
  JSON.stringify({ ...configurationOf(...actions), Version: version });

describe("a configuration that is offered", () => {
  it("is written and held when it is newer, and a doubt is logged", async () => {
    const { connector, kv } = connectorHolding(HELD);
    const text = textOf(6, queueAction());
    expect(await updateConfiguration(text, connector)).toEqual({ kind: "written" });
    expect(kv.writes).toEqual([text]);
    const held = await connector.configuration.current(new TestContext(), "https://shop.example/");
    expect(held.text).toBe(text);
    expect(log.lines).toMatchObject([{ level: "warn", event: "configuration-taken" }]);
  });

  it("is unchanged when it is the one that is held, and doubted no more", async () => {
    const { connector, kv } = connectorHolding({ ...configurationOf(queueAction()), Version: 6 });
    expect(await updateConfiguration(textOf(6, queueAction()), connector)).toEqual({ kind: "unchanged" });
    expect(kv.writes).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it("is refused when it is older, naming both versions", async () => {
    const { connector, kv } = connectorHolding(HELD);
    expect(await updateConfiguration(textOf(4), connector)).toEqual({
      kind: "refused",
      reason: "older-version",
      detail: "Version 4 was offered, version 5 is known.",
    });
    expect(kv.writes).toEqual([]);
  });

  it("is refused with every reason when it is broken", async () => {
    const { connector } = connectorHolding(HELD);
    const broken = JSON.stringify({ Version: 6, Integrations: [{}, 7] });
    await expect(updateConfiguration(broken, connector)).rejects.toMatchObject({
      reason: "configuration-invalid",
      message: expect.stringMatching(/Integrations\[0\]\.ActionType.*Integrations\[1\]/),
    });
  });

  it("fails as KV fails", async () => {
    const { connector, kv } = connectorHolding(HELD);
    kv.value = () => Promise.reject(new Error("KV is down."));
    await expect(updateConfiguration(textOf(6), connector)).rejects.toThrow("KV is down.");
  });
});

describe("a configuration that limits uses of a queue id", () => {
  const limited = limitedAction({ Name: "sale" });

  it.each([
    ["neither address nor key", {}],
    ["no key", { verifyActionUrl: ENDPOINT.verifyActionUrl }],
    ["no address", { apiKey: ENDPOINT.apiKey }],
  ])("is refused where there is %s to ask, naming the actions", async (_what, settings) => {
    const { connector, kv } = connectorHolding(HELD, settings);
    const others = [
      limitedAction({ Name: "ignored", ActionType: "Ignore" }),
      queueAction({ Name: "unlimited" }),
      limitedAction({ Name: null, EventId: "event2" }),
    ];
    expect(await updateConfiguration(textOf(6, limited, ...others), connector)).toEqual({
      kind: "refused",
      reason: "verify-action-unavailable",
      detail: "No verify-action address or API key is set, but these need it: sale, event2.",
    });
    expect(kv.writes).toEqual([]);
  });

  it("is taken where there is somebody to ask, or where no queue action does", async () => {
    const asked = connectorHolding(HELD, ENDPOINT);
    expect(await updateConfiguration(textOf(6, limited), asked.connector)).toEqual({ kind: "written" });
    const { connector } = connectorHolding(HELD);
    const ignored = { ...limited, ActionType: "Ignore" };
    expect(await updateConfiguration(textOf(6, ignored), connector)).toEqual({ kind: "written" });
    expect(await updateConfiguration('{"Version":7}', connector)).toEqual({ kind: "written" });
  });
});

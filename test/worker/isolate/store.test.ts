import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { compileConfiguration } from "../../../worker/isolate/compiled.ts";
import { ConfigurationStore } from "../../../worker/isolate/store.ts";
import { forgetWritten } from "../../../worker/runtime/log.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { decide } from "../../../worker/request-flow.ts";
import { connectorWith, NO_COPY, TestContext, TestNamespace } from "../support/connector.ts";

const version = (number: number): string => JSON.stringify({ Version: number, Integrations: [] });
const down = (): Promise<never> => Promise.reject(new Error("KV is down"));
const TTL = 60_000;
const PAGE = "https://shop.example/";

describe("the configuration in an isolate's memory", () => {
  let namespace: TestNamespace;
  let store: ConfigurationStore;
  let context: TestContext;
  const warnings: string[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    vi.spyOn(console, "warn").mockImplementation((line: string) => warnings.push(line));
    warnings.length = 0;
    forgetWritten();
    namespace = new TestNamespace(version(5));
    store = new ConfigurationStore({ namespace, ttlMs: TTL, acceptsOlder: false, copy: NO_COPY });
    context = new TestContext();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const held = async (): Promise<number> => (await store.current(context, PAGE)).version;
  /** Lets the time-to-live pass, makes the request that refreshes, and waits for the refresh. */
  const refresh = async (): Promise<number> => {
    vi.advanceTimersByTime(TTL);
    await held();
    await context.settled();
    return held();
  };

  it("is read once, however many requests come within the time-to-live", async () => {
    await Promise.all([held(), held(), held()]);
    vi.advanceTimersByTime(TTL - 1);
    await held();
    await context.settled();
    expect(namespace.reads).toBe(1);
  });

  it("is refreshed in the background: the request that notices gets what is there", async () => {
    await held();
    namespace.value = version(6);
    vi.advanceTimersByTime(TTL);
    expect(await held()).toBe(5);
    await context.settled();
    expect(await held()).toBe(6);
    expect(namespace.reads).toBe(2);
  });

  it("is refreshed by one request only", async () => {
    await held();
    vi.advanceTimersByTime(TTL);
    await Promise.all([held(), held(), held()]);
    await context.settled();
    expect(namespace.reads).toBe(2);
  });

  it.each([
    ["broken", "{", "configuration-invalid"],
    ["missing", null, "configuration-missing"],
    ["older", version(4), "older-version"],
    ["unreadable", () => Promise.reject(new Error("KV is down")), "configuration-unreadable"],
  ])("stays when the value is %s, and the reason is logged", async (_what, value, reason) => {
    await held();
    namespace.value = value;
    expect(await refresh()).toBe(5);
    expect(warnings.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual([reason]);
  });

  it("takes an older version where the owner writes one on purpose", async () => {
    store = new ConfigurationStore({ namespace, ttlMs: TTL, acceptsOlder: true, copy: NO_COPY });
    await held();
    namespace.value = version(4);
    expect(await refresh()).toBe(4);
  });

  it("tries a failed refresh again after five seconds, not at once", async () => {
    await held();
    namespace.value = "{";
    await refresh();
    vi.advanceTimersByTime(4999);
    await held();
    expect(namespace.reads).toBe(2);
    namespace.value = version(6);
    vi.advanceTimersByTime(1);
    await held();
    await context.settled();
    expect(await held()).toBe(6);
  });

  it("gives up on a refresh that never ends, and starts another", async () => {
    await held();
    namespace.value = () => new Promise(() => undefined);
    vi.advanceTimersByTime(TTL);
    await held();
    namespace.value = version(6);
    vi.advanceTimersByTime(30_000);
    await held();
    await vi.waitFor(async () => {
      expect(await held()).toBe(6);
    });
  });

  it("fails within two seconds when KV never answers a cold isolate", async () => {
    namespace.value = () => new Promise(() => undefined);
    const attempt = expect(held()).rejects.toMatchObject({ reason: "configuration-unreadable" });
    await vi.advanceTimersByTimeAsync(2000);
    await attempt;
  });

  it("does not make every request of a cold isolate wait while KV is down", async () => {
    namespace.value = () => Promise.reject(new Error("KV is down"));
    await expect(held()).rejects.toMatchObject({ reason: "configuration-unreadable" });
    await expect(held()).rejects.toMatchObject({ reason: "configuration-unreadable" });
    expect(namespace.reads).toBe(1);
    namespace.value = version(5);
    vi.advanceTimersByTime(5000);
    expect(await held()).toBe(5);
  });

  it("does not depend on the request that began the first read", async () => {
    let calls = 0;
    // The runtime dropped what the first request had begun: its read never settles.
    namespace.value = () => (++calls === 1 ? new Promise(() => undefined) : Promise.resolve(version(5)));
    const [first, second] = [held(), held()];
    await vi.advanceTimersByTimeAsync(500);
    expect(await second).toBe(5);
    expect(await first).toBe(5);
  });

  it.each([
    ["slow", () => new Promise<string>((resolve) => setTimeout(resolve, 1500, version(5)))],
    ["lost", () => (namespace.reads === 1 ? new Promise(() => undefined) : Promise.resolve(version(5)))],
  ] satisfies [string, TestNamespace["value"]][])(
    "takes two reads at most for 200 visitors of a cold isolate whose read is %s",
    async (_what, value) => {
      namespace.value = value;
      const visitors = Array.from({ length: 200 }, held);
      await vi.advanceTimersByTimeAsync(1500);
      expect(new Set(await Promise.all(visitors))).toEqual(new Set([5]));
      expect(namespace.reads).toBe(2);
    },
  );

  it("fails all 200 visitors of a cold isolate after two reads where KV hangs", async () => {
    namespace.value = () => new Promise(() => undefined);
    const visitors = Promise.allSettled(Array.from({ length: 200 }, held));
    await vi.advanceTimersByTimeAsync(2000);
    expect(new Set((await visitors).map(({ status }) => status))).toEqual(new Set(["rejected"]));
    expect(namespace.reads).toBe(2);
  });

  it("is refreshed although the clock went back an hour", async () => {
    await held();
    namespace.value = version(6);
    vi.setSystemTime(Date.now() - 3_600_000);
    await held();
    await context.settled();
    expect(await held()).toBe(6);
  });

  it("is without its broken action in a cold isolate, and says so", async () => {
    const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
    namespace.value = JSON.stringify(
      configurationOf(
        queueAction({ Name: "good" }),
        queueAction({ Name: "broken", CookieValidityMinute: 0 }),
      ),
    );
    const { configuration } = await store.current(context, PAGE);
    expect(configuration.Integrations?.map(({ Name }) => Name)).toEqual(["good"]);
    expect(errors.mock.calls.join()).toContain("Integrations[1].CookieValidityMinute");
  });

  it("is whole as long as there is one: a newer one with a broken action does not replace it", async () => {
    await held();
    const broken = configurationOf(queueAction(), queueAction({ EventId: "" }));
    namespace.value = JSON.stringify({ ...broken, Version: 6 });
    expect(await refresh()).toBe(5);
  });

  it.each([
    { InvolvedWaitingRoomIds: ["old_sale", "a;b"] },
    { EventId: "old_sale" },
    { QueueDomain: "testcustomer.queue-it.net." },
    { QueueDomain: "wait.zajęzyk.pl" },
    { QueuePathPrefix: "/é/" },
    { CookieDomain: "https://shop.example/" },
    { VerifyQueueIdEnabled: true, QueueIdUsageLimit: null },
  ])("goes on to hold visitors by an action that nobody could publish any more: %j", async (changes) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    namespace.value = JSON.stringify(configurationOf(queueAction(changes)));
    const configuration = await store.current(context, PAGE);
    const connector = { ...connectorWith({ Version: 1 }), configuration: store };
    const page = { url: "https://shop.example/tickets", method: "GET", headers: new Headers() };
    expect(configuration.version).toBe(5);
    expect((await decide(page, () => Promise.resolve(""), connector, context)).kind).toBe("to-queue-it");
  });

  it("counts as its version although an action of it is broken: an older one does not replace it", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const held = configurationOf(queueAction(), queueAction({ CookieValidityMinute: 0 }));
    namespace.value = JSON.stringify({ ...held, Version: 10 });
    expect(await write(6)).toBe("older");
    expect(await write(11)).toBe("written");
  });

  it("may begin with a byte order mark, as files do", async () => {
    namespace.value = `\uFEFF${version(5)}`;
    expect(await held()).toBe(5);
  });

  it("fails where every action is broken", async () => {
    namespace.value = JSON.stringify(configurationOf(queueAction({ EventId: "" })));
    await expect(held()).rejects.toMatchObject({ reason: "configuration-invalid" });
  });

  const write = (number: number): Promise<string> =>
    store.write(compileConfiguration(version(number))).then(({ kind }) => kind);

  it("ends up the newest, in KV and in memory, whichever of several writes comes first", async () => {
    await held();
    const slowly = (value: string): Promise<string> =>
      new Promise((resolve) => setTimeout(resolve, 10, value));
    for (const order of [
      [6, 7],
      [9, 8],
    ]) {
      const before = namespace.writes.at(-1) ?? version(5);
      namespace.value = () => slowly(namespace.writes.at(-1) ?? before);
      const results = Promise.all(order.map(write));
      await vi.advanceTimersByTimeAsync(100);
      await results;
      const newest = Math.max(...order);
      expect(namespace.writes.at(-1)).toBe(version(newest));
      expect(await held()).toBe(newest);
    }
  });

  it("refuses an older one that is replayed while KV still shows the one before", async () => {
    await held();
    expect(await write(7)).toBe("written");
    namespace.value = version(5);
    expect(await write(6)).toBe("older");
    expect(await held()).toBe(7);
  });

  it("gives up a write that KV does not end within ten seconds", async () => {
    await held();
    namespace.value = () => new Promise(() => undefined);
    const given = expect(write(6)).rejects.toThrow("No answer within 10000 ms.");
    await vi.advanceTimersByTimeAsync(10_000);
    await given;
    expect(await held()).toBe(5);
  });

  it.each([
    ["read before", { get: down }],
    ["written to", { put: down }],
  ])("says that it could not be written when KV cannot be %s", async (_when, broken) => {
    await held();
    Object.assign(namespace, broken);
    await expect(write(6)).rejects.toMatchObject({ reason: "configuration-unwritable" });
    expect(await held()).toBe(5);
  });

  it("does not blame KV for a fault of our own", async () => {
    vi.spyOn(JSON, "stringify").mockImplementation(() => {
      throw new Error("a fault of ours");
    });
    await expect(held()).rejects.toMatchObject({ reason: "unexpected-error" });
  });

  it("lets a write through when the one before it never ends", async () => {
    namespace.value = () =>
      namespace.reads === 1 ? new Promise(() => undefined) : Promise.resolve(version(5));
    const first = expect(write(6)).rejects.toThrow("No answer");
    const second = write(7);
    await vi.advanceTimersByTimeAsync(10_000);
    await first;
    expect(await second).toBe("written");
  });

  it.each([
    [null, "configuration-missing"],
    ["{", "configuration-invalid"],
  ])("fails for a cold isolate when KV holds %j", async (value, reason) => {
    namespace.value = value;
    await expect(held()).rejects.toMatchObject({ reason });
  });
});

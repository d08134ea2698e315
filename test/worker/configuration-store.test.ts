import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigurationStore } from "../../worker/configuration-store.ts";
import { TestContext, TestNamespace } from "./support/connector.ts";

const version = (number: number): string => JSON.stringify({ Version: number, Integrations: [] });
const TTL = 60_000;

describe("the configuration in an isolate's memory", () => {
  let namespace: TestNamespace;
  let store: ConfigurationStore;
  let context: TestContext;
  const warnings: string[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    vi.spyOn(console, "warn").mockImplementation((line: string) => warnings.push(line));
    warnings.length = 0;
    namespace = new TestNamespace(version(5));
    store = new ConfigurationStore({ namespace, ttlMs: TTL, acceptsOlder: false });
    context = new TestContext();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const held = async (): Promise<number> => (await store.current(context)).version;
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
    store = new ConfigurationStore({ namespace, ttlMs: TTL, acceptsOlder: true });
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
    const first = expect(held()).rejects.toMatchObject({ reason: "configuration-unreadable" });
    const second = held();
    await vi.advanceTimersByTimeAsync(500);
    expect(await second).toBe(5);
    await vi.advanceTimersByTimeAsync(2000);
    await first;
    expect(await held()).toBe(5);
  });

  it.each([
    [null, "configuration-missing"],
    ["{", "configuration-invalid"],
  ])("fails for a cold isolate when KV holds %j", async (value, reason) => {
    namespace.value = value;
    await expect(held()).rejects.toMatchObject({ reason });
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keptCopy, type KeptCopy } from "../../../worker/isolate/kept-copy.ts";
import { ConfigurationStore } from "../../../worker/isolate/store.ts";
import { createSigner } from "../../../worker/encoding/hmac.ts";
import { forgetWritten } from "../../../worker/runtime/log.ts";
import { TestContext, TestNamespace } from "../support/connector.ts";
import { CUSTOMER, SECRET } from "../support/tokens.ts";

const version = (number: number): string => JSON.stringify({ Version: number, Integrations: [] });
const down = (): Promise<never> => Promise.reject(new Error("KV is down"));
const TTL = 60_000;
const PAGE = "https://shop.example/tickets";

/** The Cache API of a data center, in memory. */
class TestCache {
  readonly kept = new Map<string, Response>();

  async match(place: string): Promise<Response | undefined> {
    return Promise.resolve(this.kept.get(place)?.clone());
  }

  async put(place: string, answer: Response): Promise<void> {
    this.kept.set(place, answer);
    return Promise.resolve();
  }
}

let cache: TestCache;
let copy: KeptCopy;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  cache = new TestCache();
  vi.stubGlobal("caches", { open: () => Promise.resolve(cache) });
  copy = keptCopy(createSigner(SECRET), CUSTOMER);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("a copy in the data center", () => {
  it("is read as it was saved", async () => {
    await copy.save(PAGE, "é{}\n");
    expect(await copy.read("https://shop.example/other?page")).toBe("é{}\n");
  });

  it("is for one host, so that staging's never protects production", async () => {
    await copy.save("https://staging.shop.example/", "{}");
    expect(await copy.read(PAGE)).toBeUndefined();
  });

  it("is for one customer: another environment on the same host does not take it", async () => {
    await keptCopy(createSigner(SECRET), "anothercustomer").save(PAGE, "{}");
    expect(await copy.read(PAGE)).toBeUndefined();
  });

  it("does not count for another host, even where somebody moves it there", async () => {
    await copy.save("https://staging.shop.example/", "staging");
    await copy.save(PAGE, "production");
    const [staging = "", production = ""] = [...cache.kept.keys()];
    await cache.put(production, cache.kept.get(staging) ?? new Response());
    expect(await copy.read(PAGE)).toBeUndefined();
  });

  it("does not count when it was signed with another secret key", async () => {
    await keptCopy(createSigner("another"), CUSTOMER).save(PAGE, "{}");
    const [forged = new Response()] = [...cache.kept.values()];
    await copy.save(PAGE, "{}");
    const place = [...cache.kept.keys()].at(-1) ?? "";
    await cache.put(place, forged);
    expect(await copy.read(PAGE)).toBeUndefined();
  });

  it.each([
    ["one character is another", (text: string) => text.replace("{}", "{ }")],
    ["it is cut off", (text: string) => text.slice(0, 70)],
    ["it is empty", () => ""],
    ["it says it is younger", (text: string) => text.replace("1800000000000", "1800000000001")],
  ])("does not count when %s", async (_what, change) => {
    await copy.save(PAGE, "{}");
    const [[place, answer] = ["", new Response()]] = [...cache.kept];
    await cache.put(place, new Response(change(await answer.text())));
    expect(await copy.read(PAGE)).toBeUndefined();
  });

  it("does not count after a day, whatever the cache says", async () => {
    await copy.save(PAGE, "{}");
    vi.advanceTimersByTime(86_400_000 - 1);
    expect(await copy.read(PAGE)).toBe("{}");
    vi.advanceTimersByTime(1);
    expect(await copy.read(PAGE)).toBeUndefined();
  });

  it("is saved again when it is another one, or an hour old", async () => {
    const put = vi.spyOn(cache, "put");
    await copy.save(PAGE, "{}");
    await copy.save(PAGE, "{}");
    expect(put).toHaveBeenCalledTimes(1);
    await copy.save(PAGE, "{ }");
    expect(put).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(3_600_000);
    await copy.save(PAGE, "{ }");
    expect(put).toHaveBeenCalledTimes(3);
  });

  it("is missing, and nothing else happens, where the runtime has no cache", async () => {
    vi.stubGlobal("caches", { open: () => Promise.reject(new Error("No Cache was configured")) });
    await copy.save(PAGE, "{}");
    expect(await copy.read(PAGE)).toBeUndefined();
  });
});

describe("an isolate whose first look at KV fails", () => {
  const warnings: { event: string; reason: string }[] = [];
  let namespace: TestNamespace;
  let context: TestContext;
  let store: ConfigurationStore;
  const versionHeld = async (): Promise<number> => (await store.current(context, PAGE)).version;
  const newIsolate = (): void => {
    store = new ConfigurationStore({
      namespace,
      ttlMs: TTL,
      acceptsOlder: false,
      copy: keptCopy(createSigner(SECRET), CUSTOMER),
    });
  };
  /** What an isolate does that lives on: a request after the time-to-live, and what follows it. */
  const lookAgain = async (milliseconds = TTL): Promise<number> => {
    vi.advanceTimersByTime(milliseconds);
    await versionHeld();
    await context.settled();
    return versionHeld();
  };

  beforeEach(async () => {
    warnings.length = 0;
    forgetWritten();
    vi.spyOn(console, "warn").mockImplementation((line: string) =>
      warnings.push(JSON.parse(line) as (typeof warnings)[number]),
    );
    namespace = new TestNamespace(version(5));
    context = new TestContext();
    newIsolate();
    await versionHeld();
    await lookAgain();
    newIsolate();
  });

  it.each([
    ["cannot be read", down, "configuration-unreadable"],
    ["holds nothing", null, "configuration-missing"],
    ["holds something broken", "{", "configuration-invalid"],
  ])("works with the copy when KV %s, and says so once", async (_what, value, reason) => {
    namespace.value = value;
    expect(await Promise.all([versionHeld(), versionHeld()])).toEqual([5, 5]);
    expect(warnings).toEqual([expect.objectContaining({ event: "kept-copy-used", reason })]);
  });

  it("works with the copy when KV does not answer for two seconds", async () => {
    namespace.value = () => new Promise<never>(() => undefined);
    const asked = versionHeld();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await asked).toBe(5);
    expect(warnings).toEqual([expect.objectContaining({ event: "kept-copy-used" })]);
  });

  it.each([0, 1])(
    "says nothing of a copy when KV answers %i ms after the deadline, before the copy",
    async (late) => {
      namespace.value = () => new Promise((resolve) => setTimeout(resolve, 2000 + late, version(6)));
      const slowly = cache.match.bind(cache);
      vi.spyOn(cache, "match").mockImplementation(async (place) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return slowly(place);
      });
      const asked = [versionHeld(), versionHeld()];
      await vi.advanceTimersByTimeAsync(2100);
      expect(await Promise.all(asked)).toEqual([6, 6]);
      expect(warnings).toEqual([]);
    },
  );

  it("takes what KV gives while it looks for a copy that is not there", async () => {
    cache.kept.clear();
    namespace.value = () => new Promise((resolve) => setTimeout(resolve, 2001, version(6)));
    vi.spyOn(cache, "match").mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return undefined;
    });
    const asked = versionHeld();
    await vi.advanceTimersByTimeAsync(2100);
    expect(await asked).toBe(6);
  });

  it("is not kept from the copy of its host by requests for a host that has none", async () => {
    namespace.value = down;
    await expect(store.current(context, "https://other.example/tickets")).rejects.toThrow("KV is down");
    expect(await versionHeld()).toBe(5);
  });

  it.each(["SHOP.example", "shop.example:8443", "shop.example.", "Shop.Example.:443"])(
    "works with the copy of its host, however a visitor writes it: %s",
    async (host) => {
      namespace.value = down;
      expect((await store.current(context, `https://${host}/tickets`)).version).toBe(5);
    },
  );

  it("looks at KV again after five seconds, and takes what is newer", async () => {
    namespace.value = down;
    expect(await versionHeld()).toBe(5);
    namespace.value = version(6);
    expect(await lookAgain(4999)).toBe(5);
    expect(await lookAgain(1)).toBe(6);
  });

  it("keeps the copy when KV still shows an older one", async () => {
    namespace.value = down;
    await versionHeld();
    namespace.value = version(4);
    expect(await lookAgain(5000)).toBe(5);
  });

  it("takes what KV has, not the copy, when KV answers", async () => {
    namespace.value = version(4);
    expect(await versionHeld()).toBe(4);
  });

  it("keeps what a publish call brought while it looked for the copy", async () => {
    namespace.value = down;
    const asked = versionHeld();
    const other = new ConfigurationStore({
      namespace: new TestNamespace(version(9)),
      ttlMs: TTL,
      acceptsOlder: false,
      copy,
    });
    store.adopt(await other.current(context, PAGE));
    expect(await asked).toBe(9);
    expect(await versionHeld()).toBe(9);
  });

  it("fails for the reason that KV gave when the copy is broken, too", async () => {
    namespace.value = down;
    await copy.save(PAGE, "{");
    await expect(versionHeld()).rejects.toMatchObject({ reason: "configuration-unreadable" });
  });

  it("reads neither KV nor the copy for each request when both are missing", async () => {
    namespace.value = down;
    cache.kept.clear();
    const match = vi.spyOn(cache, "match");
    const reads = namespace.reads;
    for (let request = 0; request < 3; request++) await expect(versionHeld()).rejects.toThrow("KV is down");
    expect([namespace.reads - reads, match.mock.calls.length]).toEqual([1, 1]);
  });

  it("does not save anything at its first look: a cold isolate has enough to do", async () => {
    cache.kept.clear();
    await versionHeld();
    await context.settled();
    expect(cache.kept.size).toBe(0);
  });
});

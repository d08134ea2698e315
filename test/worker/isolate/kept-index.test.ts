import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { CONFIGURATION_KEY, INDEX_KEY } from "../../../worker/deployment/variables.ts";
import { createSigner } from "../../../worker/encoding/hmac.ts";
import {
  compileConfiguration,
  compileWhatHolds,
  type CompiledConfiguration,
} from "../../../worker/isolate/compiled.ts";
import { keptIndex, SHORTEST_INDEXED_TEXT } from "../../../worker/isolate/kept-index.ts";
import { ConfigurationStore } from "../../../worker/isolate/store.ts";
import { forgetWritten } from "../../../worker/runtime/log.ts";
import type { KeyValueNamespace } from "../../../worker/runtime/platform.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { runs } from "../../support/runs.ts";
import { configuration, request } from "../differential/arbitraries.ts";
import { actionOn, configurationOf, queueAction } from "../support/configurations.ts";
import { NO_COPY, TestContext } from "../support/connector.ts";
import { hmac, SECRET } from "../support/tokens.ts";

const PAGE = "https://shop.example/tickets";
const sign = createSigner(SECRET);

/** A KV namespace in memory. */
class Values implements KeyValueNamespace {
  readonly asked: string[] = [];
  readonly values = new Map<string, string>();

  get(key: string): Promise<string | null> {
    this.asked.push(key);
    return Promise.resolve(this.values.get(key) ?? null);
  }

  put(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

/** A text long enough to have an index; JSON takes white space at its end. */
function large(value: IntegrationConfiguration, space?: string): string {
  return JSON.stringify(value, null, space).padEnd(SHORTEST_INDEXED_TEXT);
}

const TICKETS = large(configurationOf(queueAction({ Name: "tickets" }), actionOn("/sale", { Name: "sale" })));

function matchOf(compiled: CompiledConfiguration | undefined, url: string): string | null | undefined {
  return compiled?.match(new Visit({ url, method: "GET", headers: { get: () => null } }, url, ""))?.action
    .Name;
}

describe("the index of a large configuration", () => {
  let kv: Values;

  beforeEach(async () => {
    kv = new Values();
    await keptIndex(kv, sign).keep(compileConfiguration(TICKETS));
    kv.asked.length = 0;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const compiled = (text = TICKETS, secret = SECRET): Promise<CompiledConfiguration | undefined> =>
    keptIndex(kv, createSigner(secret)).compiled(text);

  it("spares the parsing of the text", async () => {
    const parse = vi.spyOn(JSON, "parse");
    const found = await compiled();
    expect(matchOf(found, PAGE)).toBe("tickets");
    expect(matchOf(found, "https://shop.example/about")).toBeUndefined();
    expect(parse.mock.calls.map(([text]) => text).filter((text) => text.includes("/sale"))).toEqual([]);
  });

  it("finds for every request the action that the whole text gives, however the text is written", async () => {
    await fc.assert(
      fc.asyncProperty(
        configuration,
        fc.array(request, { minLength: 10, maxLength: 10 }),
        fc.constantFrom(undefined, "\t"),
        async (config, visits, space) => {
          const whole = compileConfiguration(large(config, space));
          const index = keptIndex(new Values(), sign);
          await index.keep(whole);
          const found = await index.compiled(whole.text);
          expect(found?.version).toBe(whole.version);
          expect(found?.readsBody).toBe(whole.readsBody);
          expect(found?.configuration).toEqual({
            Version: whole.version,
            Integrations: whole.configuration.Integrations,
          });
          for (const { url, method, headers, body } of visits) {
            const get = (name: string): string | null => headers[name.toLowerCase()] ?? null;
            const visit = new Visit({ url, method, headers: { get } }, url, body);
            expect(found?.match(visit)).toEqual(whole.match(visit));
          }
        },
      ),
      { numRuns: runs(15, 60) },
    );
  });

  it("does not count for a text that somebody wrote to KV since", async () => {
    expect(await compiled(TICKETS.replace("/tickets", "/tiCkets"))).toBeUndefined();
  });

  it("does not count when a single character of it is another", async () => {
    const kept = kv.values.get(INDEX_KEY) ?? "";
    await fc.assert(
      fc.asyncProperty(
        fc.nat(kept.length - 1),
        fc.constantFrom("0", "1", "]", " "),
        async (at, character) => {
          fc.pre(kept[at] !== character);
          kv.values.set(INDEX_KEY, kept.slice(0, at) + character + kept.slice(at + 1));
          expect(await compiled()).toBeUndefined();
        },
      ),
      { numRuns: runs(5, 20) },
    );
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["something else", "{}"],
    ["half of it", "half"],
  ])("is not needed: with %s in its place the text is parsed", async (_what, value) => {
    const kept = kv.values.get(INDEX_KEY) ?? "";
    kv.values.delete(INDEX_KEY);
    if (value !== undefined)
      kv.values.set(INDEX_KEY, value === "half" ? kept.slice(0, kept.length / 2) : value);
    kv.values.set(CONFIGURATION_KEY, TICKETS);
    expect(await compiled()).toBeUndefined();
    expect(matchOf(await storeOn(kv).current(new TestContext(), PAGE), PAGE)).toBe("tickets");
  });

  it("does not count when another secret key sealed it", async () => {
    expect(await compiled(TICKETS, "another-fake-secret")).toBeUndefined();
  });

  it("does not count for another bundle, whose check and tables may differ", async () => {
    expect(await keptIndex(kv, sign, "another bundle").compiled(TICKETS)).toBeUndefined();
  });

  it("is not waited for longer than 300 ms, and KV may fail", async () => {
    kv.get = () => Promise.reject(new Error("KV is down"));
    expect(await compiled()).toBeUndefined();
    vi.useFakeTimers();
    kv.get = () => new Promise(() => undefined);
    const late = compiled();
    await vi.advanceTimersByTimeAsync(300);
    expect(await late).toBeUndefined();
  });

  it("is not asked for by isolates whose configuration is shorter", async () => {
    expect(await compiled(JSON.stringify(configurationOf(queueAction())))).toBeUndefined();
    expect(kv.asked).toEqual([]);
  });

  it.each([
    ["is short", JSON.stringify(configurationOf(queueAction()))],
    [
      "says its actions twice",
      `{"Integrations":[${JSON.stringify(queueAction())}],${JSON.stringify(configurationOf(queueAction())).slice(1)}`,
    ],
    ["has lists of objects elsewhere", large(configurationOf(queueAction())).replace("{", '{"Notes":[{}],')],
  ])("is not made of a text that %s", async (_what, text) => {
    const empty = new Values();
    await keptIndex(empty, sign).keep(compileConfiguration(text.length < 9999 ? text : text.padEnd(600_000)));
    expect([...empty.values.keys()]).toEqual([]);
  });

  it("is used by a cold isolate", async () => {
    // Sealed by the key, and telling: it says another version than the text.
    const index = (kv.values.get(INDEX_KEY) ?? "").slice(64).replace('"version":5', '"version":99');
    const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
    kv.values.set(INDEX_KEY, hmac(`queueit-index-1\n\n${sha256(TICKETS)}\n${sha256(index)}`) + index);
    kv.values.set(CONFIGURATION_KEY, TICKETS);
    expect((await storeOn(kv).current(new TestContext(), PAGE)).version).toBe(99);
  });

  it("is kept by whoever writes the configuration, and made again where it is missing or of another text", async () => {
    const store = storeOn(kv);
    const next = large({ ...configurationOf(queueAction({ Name: "next" })), Version: 6 });
    expect(await store.write(compileConfiguration(next))).toEqual({ kind: "written" });
    expect(matchOf(await compiled(next), PAGE)).toBe("next");
    kv.values.delete(INDEX_KEY);
    expect(await storeOn(kv).write(compileConfiguration(next))).toEqual({ kind: "unchanged" });
    expect(matchOf(await compiled(next), PAGE)).toBe("next");
  });

  it("is kept by an isolate that looked at KV again, whoever wrote the text", async () => {
    vi.useFakeTimers();
    kv.values.clear();
    kv.values.set(CONFIGURATION_KEY, TICKETS);
    const store = storeOn(kv);
    const context = new TestContext();
    await store.current(context, PAGE);
    expect(kv.values.has(INDEX_KEY)).toBe(false);
    const refresh = async (): Promise<void> => {
      vi.advanceTimersByTime(60_000);
      await store.current(context, PAGE);
      await context.settled();
    };
    await refresh();
    expect(matchOf(await compiled(), PAGE)).toBe("tickets");
    kv.asked.length = 0;
    await refresh();
    expect(kv.asked).toEqual([CONFIGURATION_KEY]);
  });

  it("is tried once for each text: a namespace that takes no more is not asked every minute", async () => {
    const index = keptIndex(kv, sign);
    kv.values.clear();
    const put = vi.spyOn(kv, "put").mockRejectedValue(new Error("429"));
    await index.keep(compileConfiguration(TICKETS));
    await index.keep(compileConfiguration(TICKETS));
    expect(put).toHaveBeenCalledTimes(1);
  });

  it("does not make a publish call fail that KV refuses to write it for", async () => {
    const put = kv.put.bind(kv);
    kv.put = (key, value) => (key === INDEX_KEY ? Promise.reject(new Error("429")) : put(key, value));
    const next = large({ ...configurationOf(queueAction()), Version: 6 });
    expect(await storeOn(kv).write(compileConfiguration(next))).toEqual({ kind: "written" });
    expect(kv.values.get(CONFIGURATION_KEY)).toBe(next);
  });

  it("has no action that is broken: of such a text none is kept, and it is read as without an index", async () => {
    const broken = queueAction({ Name: "broken", QueueDomain: "not a domain" });
    const text = large(configurationOf(broken, queueAction({ Name: "sound" })));
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    kv.values.set(CONFIGURATION_KEY, text);
    expect(() => compileConfiguration(text)).toThrow("QueueDomain");
    expect(matchOf(await storeOn(kv).current(new TestContext(), PAGE), PAGE)).toBe("sound");
  });

  it.each([
    ["is broken", { QueueDomain: "not a domain" }],
    ["works for the SDK, but not as it is meant", { CookieDomain: "shop example" }],
    ["has a waiting room beside it that cannot be", { InvolvedWaitingRoomIds: ["a b"] }],
  ])("is not made where an action %s: each isolate says so in its log", async (_what, changes) => {
    const text = large(configurationOf(queueAction(changes), queueAction()));
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const empty = new Values();
    forgetWritten();
    await keptIndex(empty, sign).keep(compileWhatHolds(text));
    expect(error).toHaveBeenCalledTimes(1);
    expect([...empty.values.keys()]).toEqual([]);
  });
});

describe("the form of the index", () => {
  it("is named: what changes it has to change FORMAT, where the deployment names no bundle", async () => {
    const kv = new Values();
    const pages = ["/a", "/sale/one", "/sale/two-and-more", "Straße", "*"];
    const actions = pages.map((page) => actionOn(page, { IsNormalizationEnabled: page === "/sale/one" }));
    await keptIndex(kv, sign).keep(compileConfiguration(large(configurationOf(...actions))));
    expect((kv.values.get(INDEX_KEY) ?? "").slice(64)).toMatchInlineSnapshot(
      `"{"version":5,"readsBody":false,"spans":[[29,517],[518,1012],[1013,1517],[1518,2010],[2011,2498]],"tables":{"always":[4],"onUrl":[{"length":8,"starts":[0,1,1],"hashes":[1808448112],"positions":[2]},{"length":4,"starts":[0,1,1],"hashes":[798805276],"positions":[3]},{"length":2,"starts":[0,1,1],"hashes":[788548158],"positions":[0]}],"onNormalizedUrl":[{"length":8,"starts":[0,1,1],"hashes":[1724560008],"positions":[1]}]}}"`,
    );
  });
});

function storeOn(namespace: KeyValueNamespace): ConfigurationStore {
  const index = keptIndex(namespace, sign);
  return new ConfigurationStore({ namespace, ttlMs: 60_000, acceptsOlder: false, copy: NO_COPY, index });
}

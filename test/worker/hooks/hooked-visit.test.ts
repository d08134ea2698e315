import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { WorkerHooks } from "../../../worker/hooks/define-hooks.ts";
import { HookedVisit } from "../../../worker/hooks/hooked-visit.ts";
import { SESSION_COOKIE_BEGINNING } from "../../../worker/validation/session-cookie.ts";
import { queueAction } from "../support/configurations.ts";
import { decided, watchLog } from "../support/decided.ts";

const PAGE = "https://shop.example/tickets";

let log: ReturnType<typeof watchLog>;
beforeEach(() => {
  log = watchLog();
  vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** How a hook ends. */
type End = "returns" | "resolves" | "throws" | "rejects";

const ends = fc.constantFrom<End>("returns", "resolves", "throws", "rejects");

/** What somebody may return who knows the names, and what only a machine would. */
const returned = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSet: true }),
  fc.record(
    {
      leaveAlone: fc.oneof(fc.constant(false), fc.constant("true"), fc.anything()),
      facts: fc.anything(),
      answer: fc.oneof(fc.anything(), fc.webUrl()),
      language: fc.oneof(fc.string(), fc.constant("de-DE")),
      layout: fc.string({ unit: "binary" }),
      url: fc.webUrl(),
      headers: fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "binary" }), fc.constant(null))),
    },
    { requiredKeys: [] },
  ),
  fc
    .constantFrom("set-cookie", "Set-Cookie", " set-cookie", "clear-site-data", "cache-control")
    .map((name) => ({
      headers: { [name]: `${SESSION_COOKIE_BEGINNING}event1=x` },
    })),
  fc.record({
    answer: fc.record({
      status: fc.oneof(fc.constantFrom(200, 202, 204, 301, 302, 503), fc.double(), fc.string()),
      contentType: fc.constantFrom("application/json", "text/plain\nset-cookie: a=b", ""),
      body: fc.string(),
    }),
  }),
);

function hookThat(end: End, value: unknown): () => never {
  return () => {
    if (end === "throws") throw value;
    if (end === "returns") return value as never;
    return (end === "resolves" ? Promise.resolve(value) : Promise.reject(value as Error)) as never;
  };
}

it("lets nobody past without a session, whatever hooks return or throw, unless one says to leave alone", async () => {
  let changed = 0;
  const hooked = fc.record({ end: ends, value: returned });
  await fc.assert(
    fc.asyncProperty(hooked, hooked, hooked, async (before, after, response) => {
      fc.pre((before.value as { leaveAlone?: unknown } | null | undefined)?.leaveAlone !== true);
      const hooks: WorkerHooks = {
        beforeMatching: hookThat(before.end, before.value),
        afterDecision: hookThat(after.end, after.value),
        onResponse: hookThat(response.end, response.value),
      };
      const visit = new HookedVisit(hooks, new Request(PAGE));
      let asked = 0;
      const decision = await visit.decide(() => {
        asked++;
        return decided({ url: PAGE }, [queueAction()]);
      });
      expect(asked).toBe(1);
      if (!(decision instanceof Response)) {
        expect(decision.kind).toBe("to-queue-it");
        const { origin, searchParams } = new URL(decision.kind === "to-queue-it" ? decision.url : "");
        expect([origin, searchParams.get("e"), searchParams.get("t")]).toEqual([
          "https://testcustomer.queue-it.net",
          "event1",
          PAGE,
        ]);
      } else changed++;
      const plain =
        decision instanceof Response ? decision : new Response(null, { status: 302, headers: OWN });
      const kept = plain.headers.get("cache-control");
      const answer = await visit.finish(plain, decision);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.headers.get("cache-control")).toBe(kept);
      expect(answer.headers.get("clear-site-data")).toBeNull();
    }),
    { numRuns: 500 },
  );
  expect(changed).toBeGreaterThan(0);
});

const OWN = { "cache-control": "no-store" };

it("leaves alone only where the hook returned exactly that", async () => {
  for (const [value, kind] of [
    [{ leaveAlone: true }, "pass"],
    [{ leaveAlone: 1 }, "to-queue-it"],
    [{ leaveAlone: "true" }, "to-queue-it"],
    [{ leaveAlone: { valueOf: () => true } }, "to-queue-it"],
    [Object.create({ leaveAlone: true }), "to-queue-it"],
  ] as const) {
    const visit = new HookedVisit({ beforeMatching: () => value as never }, new Request(PAGE));
    expect(await visit.decide(() => decided({ url: PAGE }, [queueAction()]))).toMatchObject({ kind });
  }
});

it("gives hooks copies: what they change reaches neither the connector nor the site", async () => {
  const request = new Request(PAGE, { headers: { cookie: "a=1" } });
  Object.assign(request, { cf: { botManagement: { verifiedBot: false }, cacheEverything: false } });
  const hooks: WorkerHooks = {
    beforeMatching: (given) => {
      (given.headers as Headers).set("cookie", "b=2");
      Object.assign(given.cf, { cacheEverything: true });
      expect(() => Object.assign(given, { url: "https://evil.example/" })).toThrow(TypeError);
      expect(given.headers.get("cookie")).toBe("b=2");
      return { leaveAlone: true };
    },
  };
  expect(await new HookedVisit(hooks, request).decide(() => decided({}, []))).toMatchObject({ url: PAGE });
  expect(request.headers.get("cookie")).toBe("a=1");
  expect((request as unknown as { cf: object }).cf).toMatchObject({ cacheEverything: false });
  expect(log.lines).toEqual([]);
});

it("writes the place of an error, and never its text", async () => {
  const hooks: WorkerHooks = {
    beforeMatching: () => {
      throw new TypeError("the visitor's cookie");
    },
  };
  await new HookedVisit(hooks, new Request(PAGE)).decide(() => decided({}, []));
  expect(log.lines).toMatchObject([
    {
      event: "before-matching-ignored",
      reason: "hook-failed",
      detail: expect.stringMatching(/^TypeError at \d+:\d+ of the bundle\.$/) as string,
    },
  ]);
});

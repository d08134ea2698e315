import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Failure } from "../../../worker/runtime/failure.ts";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { queueAction } from "../support/configurations.ts";
import { answerCalls, decided, watchLog } from "../support/decided.ts";
import { QUEUE_ID, sessionCookie } from "../support/session-cookie.ts";
import { API_KEY, queueToken } from "../support/tokens.ts";

const ACTION = queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 3 });
const SETTINGS: Partial<Settings> = {
  verifyActionUrl: "https://queue.example/{customerId}/{waitingRoomId}/{queueId}/{queueIdUsageLimit}",
  apiKey: () => Promise.resolve(API_KEY),
};
const IP = { "cf-connecting-ip": "192.0.2.1" };
const withSession = { headers: { cookie: sessionCookie() } };
const withToken = { headers: { "x-queueittoken": queueToken() } };

let log: ReturnType<typeof watchLog>;
beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function used(count: unknown): Response {
  return Response.json({ QIdUsageCount: count });
}

describe("a queue id whose uses are counted", () => {
  it("is asked about at the address that is set, with the API key and what the SDK says", async () => {
    const calls = answerCalls(() => used(1));
    const headers = { cookie: sessionCookie(), "user-agent": "Mozilla/5.0", ...IP };
    await decided({ url: "https://shop.example/tickets?seat=1", headers }, [ACTION], SETTINGS);
    expect(calls).toEqual([
      {
        url: `https://queue.example/testcustomer/event1/${QUEUE_ID}/3`,
        method: "POST",
        headers: { "api-key": API_KEY, "content-type": "application/json" },
        body: {
          url: "https://shop.example/tickets?seat=1",
          ip: IP["cf-connecting-ip"],
          actionName: "protect tickets",
          userAgent: "Mozilla/5.0",
        },
        redirect: "manual",
      },
    ]);
  });

  it("is waited for three seconds", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    answerCalls(() => used(1));
    await decided(withSession, [ACTION], SETTINGS);
    expect(timeout.mock.calls).toEqual([[3000]]);
  });

  it.each([
    [0, "pass"],
    [3, "pass"],
    [4, "to-queue-it"],
  ])("and was used %i times of three leads to %s, with a session as with a token", async (count, kind) => {
    answerCalls(() => used(count));
    for (const visitor of [withSession, withToken]) {
      const decision = await decided(visitor, [ACTION], SETTINGS);
      expect(decision.kind).toBe(kind);
      if (decision.kind === "to-queue-it") expect(decision.url).toContain("/error/qidlimit/?");
      if (decision.kind === "pass") expect(decision.failedOpen).toBe(false);
    }
    expect(log.lines).toEqual([]);
  });

  it("is asked about for nobody without session or token", async () => {
    const calls = answerCalls(() => used(9));
    expect((await decided({}, [ACTION], SETTINGS)).kind).toBe("to-queue-it");
    expect(calls).toEqual([]);
  });

  it.each([400, 403, 499])("counts as used up where the endpoint answers %i", async (status) => {
    let cancelled = false;
    const body = new ReadableStream({ cancel: () => void (cancelled = true) });
    answerCalls(() => new Response(body, { status }));
    expect((await decided(withSession, [ACTION], SETTINGS)).kind).toBe("to-queue-it");
    expect(cancelled).toBe(true);
    expect(log.lines).toMatchObject([{ event: "endpoint-refused", reason: "verify-action" }]);
  });

  it("counts as used up where the endpoint refuses without a word", async () => {
    answerCalls(() => new Response(null, { status: 404 }));
    expect((await decided(withSession, [ACTION], SETTINGS)).kind).toBe("to-queue-it");
  });
});

describe("where nobody can say how often a queue id was used", () => {
  const useless = "The verify-action endpoint did not answer as expected.";
  const uncounted = "The verify-action endpoint answered without QIdUsageCount.";
  const breakdowns: [string, () => Response | Promise<Response>, string][] = [
    ["500", () => new Response("", { status: 500 }), useless],
    ["399", () => new Response("{}", { status: 399 }), useless],
    ["a redirect", () => new Response("{}", { status: 302 }), useless],
    ["nothing", () => Promise.reject(new TypeError("Network connection lost.")), useless],
    ["what is not JSON", () => new Response("<html>"), useless],
    ["no number", () => used("1"), uncounted],
    ["null", () => Response.json(null), uncounted],
    ["another object", () => Response.json({}), uncounted],
    [
      "an answer of over 64 KiB",
      () => Response.json({ QIdUsageCount: 0, more: "x".repeat(65_536) }),
      useless,
    ],
    [
      "401, which is about the API key and no visitor's fault",
      () => new Response("", { status: 401 }),
      "The verify-action endpoint does not take the API key.",
    ],
  ];

  it.each(breakdowns)(
    "visitors pass in open mode, and one line says why: %s",
    async (_what, answer, detail) => {
      answerCalls(answer);
      const decision = await decided(withSession, [ACTION], { ...SETTINGS, failureMode: "open" });
      expect(decision).toMatchObject({ kind: "pass", failedOpen: true });
      expect(log.lines).toMatchObject([
        { level: "error", event: "failed-open", reason: "verify-action-unavailable", detail },
      ]);
    },
  );

  it.each(breakdowns)("the connector fails in closed mode: %s", async (_what, answer, detail) => {
    answerCalls(answer);
    const decision = decided(withSession, [ACTION], { ...SETTINGS, failureMode: "closed" });
    await expect(decision).rejects.toThrow(new Failure("verify-action-unavailable", detail));
    expect(log.lines).toEqual([]);
  });

  it("is a failure with a token too, which is then not ignored: another visitor's session may be real", async () => {
    answerCalls(() => new Response("", { status: 500 }));
    const decision = decided(withToken, [ACTION], { ...SETTINGS, failureMode: "closed" });
    await expect(decision).rejects.toThrow(Failure);
  });

  it.each<[string, Partial<Settings>]>([
    ["the address", { ...SETTINGS, verifyActionUrl: undefined }],
    ["the API key", { ...SETTINGS, apiKey: undefined }],
  ])("is told where %s is not set, and nobody is asked", async (_what, settings) => {
    const calls = answerCalls(() => used(0));
    expect(await decided(withSession, [ACTION], settings)).toMatchObject({ kind: "pass", failedOpen: true });
    expect(calls).toEqual([]);
    expect(log.lines).toMatchObject([
      {
        reason: "verify-action-unavailable",
        detail:
          "An action limits uses of a queue id, but the verify-action address or the API key is not set.",
      },
    ]);
  });

  it("is told with the reason of a key that cannot be read", async () => {
    const apiKey = (): Promise<string> =>
      Promise.reject(new Failure("secret-unreadable", "The store is down."));
    await decided(withSession, [ACTION], { ...SETTINGS, apiKey });
    expect(log.lines).toMatchObject([{ reason: "secret-unreadable", detail: "The store is down." }]);
  });
});

describe("what a visitor sends to an endpoint", () => {
  it("is cut, so that its length cannot make the endpoint refuse or fail", async () => {
    const calls = answerCalls(() => used(1));
    const long = "x".repeat(3000);
    const headers = {
      cookie: sessionCookie({ queueId: QUEUE_ID }),
      "user-agent": long,
      "cf-connecting-ip": long,
    };
    await decided({ url: `https://shop.example/tickets?${long}`, headers }, [ACTION], SETTINGS);
    const { url, ip, userAgent } = calls[0]?.body as Record<string, string>;
    expect([url?.length, ip?.length, userAgent?.length]).toEqual([2048, 2048, 2048]);
    expect(url).toMatch(/^https:\/\/shop\.example\/tickets\?x+$/);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { pullConfiguration } from "../../../worker/publishing/pull.ts";
import { Failure } from "../../../worker/runtime/failure.ts";
import { answerCalls, watchLog } from "../support/decided.ts";
import { connectorHolding } from "../support/endpoint.ts";
import { API_KEY } from "../support/tokens.ts";

const HELD = { Version: 5, Integrations: [] };
const PULL: Partial<Settings> = { owner: "pull", apiKey: () => Promise.resolve(API_KEY) };
const newer = JSON.stringify({ Version: 6, Integrations: [] });
const MEBIBYTE = 1024 * 1024;

let log: ReturnType<typeof watchLog>;
beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Pulls once, from a Queue-it that answers so, and gives what was written to KV. */
async function written(answer: () => Response | Promise<Response>, settings = PULL) {
  const calls = answerCalls(answer);
  const { connector, kv } = connectorHolding(HELD, settings);
  await pullConfiguration(() => Promise.resolve(connector));
  return { calls, writes: kv.writes };
}

describe("the pull of a configuration", () => {
  it("asks Queue-it once with the API key, for ten seconds, and follows it nowhere else", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const { calls, writes } = await written(() => new Response(newer), { ...PULL, customerId: "a b" });
    expect(calls).toEqual([
      {
        url: "https://a%20b.queue-it.net/status/integrationconfig/secure/a%20b",
        method: undefined,
        headers: { "api-key": API_KEY },
        body: undefined,
        redirect: "manual",
      },
    ]);
    expect(timeout.mock.calls).toEqual([[10_000]]);
    expect(writes).toEqual([newer]);
    expect(log.lines).toEqual([]);
  });

  it("says nothing where nothing changed", async () => {
    expect((await written(() => new Response(JSON.stringify(HELD)))).writes).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it("asks nobody where somebody else owns the configuration", async () => {
    expect((await written(() => new Response(newer), { ...PULL, owner: "publish" })).calls).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  const refusals: [string, () => Response | Promise<Response>, string, string][] = [
    ["403", () => new Response("no", { status: 403 }), "queue-it-refused", "Queue-it answered 403."],
    ["201", () => new Response(newer, { status: 201 }), "queue-it-refused", "Queue-it answered 201."],
    [
      "500 without a body",
      () => new Response(null, { status: 500 }),
      "queue-it-refused",
      "Queue-it answered 500.",
    ],
    ["nothing", () => Promise.reject(new TypeError("gone")), "queue-it-unreachable", "gone"],
    [
      "more than 5 MiB",
      () => new Response("x".repeat(5 * MEBIBYTE + 1)),
      "body-invalid",
      "The answer is too large.",
    ],
    [
      "5 MiB of nothing",
      () => new Response("x".repeat(5 * MEBIBYTE)),
      "configuration-invalid",
      "The configuration is not JSON.",
    ],
    ["no text", () => new Response(new Uint8Array([0xff])), "body-invalid", "The answer is not UTF-8."],
    [
      "an older version",
      () => new Response('{"Version":4}'),
      "older-version",
      "Version 4 was offered, version 5 is known.",
    ],
  ];

  it.each(refusals)(
    "keeps what is held where Queue-it answers %s, and says why",
    async (_what, answer, reason, detail) => {
      expect((await written(answer)).writes).toEqual([]);
      expect(log.lines).toMatchObject([{ level: "error", event: "pull-failed", reason, detail }]);
    },
  );

  it("reads no answer that it does not take", async () => {
    let cancelled = false;
    const body = new ReadableStream({ cancel: () => void (cancelled = true) });
    await written(() => new Response(body, { status: 403 }));
    expect(cancelled).toBe(true);
  });

  it("says that the API key is missing, and asks nobody", async () => {
    expect((await written(() => new Response(newer), { owner: "pull", apiKey: undefined })).calls).toEqual(
      [],
    );
    expect(log.lines).toMatchObject([
      { event: "pull-failed", reason: "api-key-missing", detail: "No API key is set." },
    ]);
  });

  it("says why no connector can be made", async () => {
    await pullConfiguration(() => Promise.reject(new Failure("kv-binding-missing", "No KV.")));
    expect(log.lines).toMatchObject([
      { event: "pull-failed", reason: "kv-binding-missing", detail: "No KV." },
    ]);
  });
});

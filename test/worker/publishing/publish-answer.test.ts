import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { answerPublishCall } from "../../../worker/publishing/publish.ts";
import { Failure } from "../../../worker/runtime/failure.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { watchLog } from "../support/decided.ts";
import { connectorHolding } from "../support/endpoint.ts";
import { hmac, publishBody } from "../support/tokens.ts";

const HELD = { ...configurationOf(queueAction()), Version: 5 };
const CALL = "https://shop.example/?__push_queueit_config";
const MEBIBYTE = 1024 * 1024;

let log: ReturnType<typeof watchLog>;
beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Sent {
  readonly method?: string;
  readonly body?: string | ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
  readonly settings?: Partial<Settings>;
}

/** Sends a publish call to an isolate that holds version 5. */
async function sent({ method = "POST", body, headers = {}, settings }: Sent) {
  const { connector, kv } = connectorHolding(HELD, settings);
  const init = { method, headers, ...(body !== undefined && { body, duplex: "half" as const }) };
  const response = await answerPublishCall(new Request(CALL, init), () => Promise.resolve(connector));
  return { response, text: await response.text(), kv };
}

describe("a publish call that is taken", () => {
  it.each(["POST", "PUT"])(
    "by %s is written, and answered in Queue-it's words that nobody may keep",
    async (method) => {
      const newer = JSON.stringify({ Version: 6, Integrations: [] });
      const { response, text, kv } = await sent({ method, body: publishBody(newer) });
      expect([response.status, text]).toEqual([200, "Success!"]);
      expect(kv.writes).toEqual([newer]);
      expect(response.headers.get("cache-control")).toContain("no-store");
      expect(response.headers.get("x-queueit-connector")).toBe("cloudflare");
      expect(response.headers.get("allow")).toBeNull();
      expect(log.lines).toEqual([]);
    },
  );

  it("may say its length, up to 5 MiB", async () => {
    const body = publishBody({ Version: 6, Integrations: [] });
    for (const length of [body.length, 5 * MEBIBYTE]) {
      const { text } = await sent({ body, headers: { "content-length": String(length) } });
      expect(text).toBe("Success!");
    }
  });
});

describe("a publish call that is refused", () => {
  const hexCall = (hex: string): string => JSON.stringify({ hash: hmac(hex), integrationInfo: hex });
  const tooMuch = "The body is over 5 MiB, too slow, one of too many, or broke off.";
  const notTheCall = "The body is not JSON with hash and integrationInfo.";
  const notText = "integrationInfo is not the hex form of a UTF-8 text.";

  const refusals: [string, Sent, string, string][] = [
    [
      "whose length says more than 5 MiB",
      { body: "{}", headers: { "content-length": String(5 * MEBIBYTE + 1) } },
      "body-invalid",
      tooMuch,
    ],
    [
      "whose length is no number",
      { body: "{}", headers: { "content-length": "many" } },
      "body-invalid",
      tooMuch,
    ],
    ["that is larger than 5 MiB", { body: "x".repeat(5 * MEBIBYTE + 1) }, "body-invalid", tooMuch],
    [
      "that breaks off",
      {
        body: new ReadableStream({
          pull: (body) => {
            body.error(new Error("gone"));
          },
        }),
      },
      "body-invalid",
      tooMuch,
    ],
    ["without a body", {}, "body-invalid", notTheCall],
    ["that is not JSON", { body: "{" }, "body-invalid", notTheCall],
    [
      "signed with another key",
      { body: publishBody({ Version: 6 }, "another key") },
      "hash-invalid",
      "The hash does not fit: a stranger called, or the platform has another secret key.",
    ],
    ["with something else than hex", { body: hexCall("zz") }, "body-invalid", notText],
    ["that is not UTF-8 inside", { body: hexCall("ff") }, "body-invalid", notText],
    [
      "whose configuration is no JSON",
      { body: publishBody("{") },
      "configuration-invalid",
      "The configuration is not JSON.",
    ],
    [
      "with an older version",
      { body: publishBody({ Version: 4, Integrations: [] }) },
      "older-version",
      "Version 4 was offered, version 5 is known.",
    ],
    [
      "where a file owns the configuration",
      { body: publishBody({ Version: 6 }), settings: { owner: "file" } },
      "not-the-owner",
      "The configuration is owned by file, not by publish.",
    ],
  ];

  it.each(refusals)(
    "%s is answered without a reason, which the log has",
    async (_what, call, reason, detail) => {
      const { response, text, kv } = await sent(call);
      expect([response.status, text]).toEqual([400, "Fail!"]);
      expect(response.headers.get("allow")).toBeNull();
      expect(log.lines).toMatchObject([{ level: "warn", event: "publish-refused", reason, detail }]);
      expect(kv.writes).toEqual([]);
    },
  );

  it.each(["GET", "HEAD", "DELETE"])(
    "by %s is told which methods there are, and asks for no connector",
    async (method) => {
      const connect = vi.fn();
      const response = await answerPublishCall(new Request(CALL, { method }), connect);
      expect([response.status, await response.text()]).toEqual([405, "Fail!"]);
      expect(response.headers.get("allow")).toBe("POST, PUT");
      expect(response.headers.get("cache-control")).toContain("no-store");
      expect(connect).not.toHaveBeenCalled();
    },
  );

  it("is refused with the reason of a connector that cannot be made", async () => {
    const broken = (): Promise<never> => Promise.reject(new Failure("secret-key-missing", "No key."));
    const response = await answerPublishCall(new Request(CALL, { method: "POST", body: "{}" }), broken);
    expect(response.status).toBe(400);
    expect(log.lines).toMatchObject([
      { event: "publish-refused", reason: "secret-key-missing", detail: "No key." },
    ]);
  });

  it("is refused after ten seconds, where its body does not end", async () => {
    vi.useFakeTimers();
    const answer = sent({ body: new ReadableStream() });
    let settled = false;
    void answer.then(() => (settled = true));
    await vi.advanceTimersByTimeAsync(9999);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).response.status).toBe(400);
  });

  it("is one of too many where others hold 24 MiB, until they have ended", async () => {
    const large = "x".repeat(4 * MEBIBYTE + 1);
    const opened: ReadableStreamDefaultController[] = [];
    const holding = Array.from({ length: 5 }, () => {
      const start = (controller: ReadableStreamDefaultController): void => {
        opened.push(controller);
        controller.enqueue(new TextEncoder().encode(large));
      };
      return sent({ body: new ReadableStream({ start }) });
    });
    await sent({ body: large });
    expect(log.lines).toMatchObject([{ reason: "body-invalid", detail: tooMuch }]);
    for (const controller of opened) controller.error(new Error("gone"));
    await Promise.all(holding);
    log = watchLog();
    await sent({ body: large });
    expect(log.lines).toMatchObject([{ reason: "body-invalid", detail: notTheCall }]);
  });
});

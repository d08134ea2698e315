import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { directPassProvider } from "../../../worker/validation/direct-pass.ts";
import { Failure } from "../../../worker/runtime/failure.ts";
import { forgetWritten } from "../../../worker/runtime/log.ts";
import { decide, type Decision } from "../../../worker/request-flow.ts";
import type { DirectPassSettings, FailureMode } from "../../../worker/deployment/settings.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { connectorWith, TestContext } from "../support/connector.ts";
import { answerCalls, decided, watchLog } from "../support/decided.ts";
import { CONNECTOR_VERSION } from "../../../worker/deployment/version.ts";
import { queueToken } from "../support/tokens.ts";

const SETTINGS = {
  url: "https://endpoint.example/",
  proxyKey: () => Promise.resolve("fake-proxy-key"),
  timeoutMs: 800,
};

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function visitWhere(
  endpoint: () => Promise<Response>,
  failureMode: FailureMode,
  directPass: DirectPassSettings = SETTINGS,
): Promise<Decision> {
  vi.stubGlobal("fetch", endpoint);
  const connector = connectorWith(configurationOf(queueAction()), { directPass, failureMode });
  const request = { url: "https://shop.example/tickets", method: "GET", headers: new Headers() };
  return decide(request, () => Promise.resolve(""), connector, new TestContext());
}

const BREAKDOWNS: [string, () => Promise<Response>][] = [
  ["answers 500", () => Promise.resolve(new Response("", { status: 500 }))],
  ["answers a redirect", () => Promise.resolve(new Response("", { status: 302 }))],
  ["drops the connection", () => Promise.reject(new TypeError("Network connection lost."))],
  ["is late", () => Promise.reject(new DOMException("timed out", "TimeoutError"))],
  ["answers something else than JSON", () => Promise.resolve(new Response("<html>"))],
];

describe("a direct-pass endpoint that breaks down", () => {
  it.each(BREAKDOWNS)("lets nobody in, in closed mode: it %s", async (_what, endpoint) => {
    expect((await visitWhere(endpoint, "closed")).kind).toBe("to-queue-it");
  });

  it.each(BREAKDOWNS)("lets visitors in for three minutes, in open mode: it %s", async (_what, endpoint) => {
    const decision = await visitWhere(endpoint, "open");
    expect(decision.kind).toBe("pass");
    expect(decodeURIComponent(decision.cookies.join())).toContain("FixedValidityMins=3&RedirectType=timeout");
  });
});

it("a proxy key that cannot be read is the endpoint's failure", async () => {
  const unreadable = { ...SETTINGS, proxyKey: () => Promise.reject(new Error("The store is down.")) };
  const neverAsked = (): Promise<Response> => Promise.reject(new Error("It was asked."));
  expect((await visitWhere(neverAsked, "closed", unreadable)).kind).toBe("to-queue-it");
  expect((await visitWhere(neverAsked, "open", unreadable)).kind).toBe("pass");
});

describe("the log", () => {
  let lines: string[];
  beforeEach(() => {
    forgetWritten();
    lines = [];
    vi.spyOn(console, "warn").mockImplementation((line: string) => {
      const { event, reason, detail } = JSON.parse(line) as Record<string, string>;
      lines.push([event, reason, detail].join(": "));
    });
  });

  it("blames the Secrets Store, not the endpoint, for a proxy key that does not come", async () => {
    const failure = new Failure("secret-unreadable", "The Secrets Store did not give it.");
    await visitWhere(() => Promise.reject(new Error("It was asked.")), "open", {
      ...SETTINGS,
      proxyKey: () => Promise.reject(failure),
    });
    expect(lines).toEqual(["direct-pass-failed-open: secret-unreadable: "]);
  });

  it("has one line for an endpoint that breaks down, without what it answered", async () => {
    for (let visitor = 0; visitor < 3; visitor++)
      await visitWhere(() => Promise.resolve(new Response("<html>a secret</html>")), "open");
    expect(lines).toEqual(["direct-pass-failed-open: direct-pass-unavailable: "]);
  });

  it("takes an endpoint whose answer does not end for one that breaks down", async () => {
    const endless = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(10_000).fill(0x20));
      },
    });
    expect((await visitWhere(() => Promise.resolve(new Response(endless)), "closed")).kind).toBe(
      "to-queue-it",
    );
    expect(lines).toEqual(["direct-pass-failed-closed: direct-pass-unavailable: "]);
  });

  it("names the status with which the endpoint refuses", async () => {
    await visitWhere(() => Promise.resolve(new Response("", { status: 403 })), "open");
    expect(lines).toEqual(["endpoint-refused: direct-pass: It answered 403."]);
  });
});

describe("what a direct-pass endpoint answers", () => {
  const withoutRedirectType = queueToken({ redirectType: "" });
  it.each([
    ["a token without redirect type", { HasPassed: true, QueueItToken: withoutRedirectType }],
    ["a token of another waiting room", { HasPassed: true, QueueItToken: queueToken({ room: "other" }) }],
    ["a token that is over", { HasPassed: true, QueueItToken: queueToken({ expires: 1 }) }],
    ["a token that is none", { HasPassed: true, QueueItToken: 7 }],
    ["an object for a token", { HasPassed: true, QueueItToken: { a: 1 } }],
    ["no token", { HasPassed: true }],
    ["a token without a pass", { HasPassed: "true", QueueItToken: queueToken() }],
    ["nothing", null],
    ["a list", []],
  ])("sends the visitor to the waiting room: %s", async (_what, answer) => {
    const endpoint = (): Promise<Response> => Promise.resolve(Response.json(answer));
    expect((await visitWhere(endpoint, "open")).kind).toBe("to-queue-it");
  });

  it("lets the visitor in with a valid token", async () => {
    const answer = { HasPassed: true, QueueItToken: queueToken({ redirectType: "directlink" }) };
    expect((await visitWhere(() => Promise.resolve(Response.json(answer)), "closed")).kind).toBe("pass");
  });
});

it("a visitor's headers cannot make the call to the direct-pass endpoint fail, which would let the visitor pass", async () => {
  let agent: string | null = null;
  // A real Request refuses what no header can hold, as the runtime's fetch does.
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    agent = new Request(url, init).headers.get("user-agent");
    return Promise.resolve(Response.json({ HasPassed: false }));
  });
  const hostile = "特\r\nx: y\u0000\ud800";
  const debug = { addDebugEntry: () => undefined } as never;
  const provider = directPassProvider(SETTINGS, "open");
  const result = await provider.tryDirectPass(
    "c",
    "event1",
    "a",
    hostile,
    "k",
    hostile,
    hostile,
    hostile,
    800,
    "v",
    debug,
  );
  expect(result.hasPassed).toBe(false);
  expect(agent).toBe("???x: y??");
});

describe("the call to a direct-pass endpoint", () => {
  const refuses = (): Response => Response.json({ HasPassed: false });
  const visitor = {
    url: "https://shop.example/tickets?seat=1",
    headers: { "user-agent": "Mozilla/5.0", referer: "https://a.example/", "cf-connecting-ip": "192.0.2.1" },
  };

  it("goes to the address that is set, with the proxy key and what the SDK says", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const calls = answerCalls(refuses);
    const directPass = { ...SETTINGS, url: "https://endpoint.example/{customerId}/{waitingRoomId}" };
    await decided(visitor, [queueAction()], { directPass });
    expect(calls).toEqual([
      {
        url: "https://endpoint.example/testcustomer/event1",
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-queueit-proxykey": "fake-proxy-key",
          "x-queueit-clientip": "192.0.2.1",
          "user-agent": "Mozilla/5.0",
          referer: "https://a.example/",
        },
        body: {
          protectedUrl: visitor.url,
          sdkVersion: expect.stringMatching(/5\.0\.1/),
          connectorPlatformVersion: `cloudflare-${CONNECTOR_VERSION}`,
          actionName: "protect tickets",
        },
        redirect: "manual",
      },
    ]);
    expect(timeout.mock.calls).toEqual([[800]]);
  });

  it("has an empty proxy key where none is set, and texts of modest length", async () => {
    const calls = answerCalls(refuses);
    const long = "x".repeat(3000);
    const headers = { "user-agent": long, referer: long, "cf-connecting-ip": long };
    const directPass = { ...SETTINGS, proxyKey: undefined };
    await decided({ url: `${visitor.url}${long}`, headers }, [queueAction()], { directPass });
    expect(calls[0]?.headers).toEqual({
      "content-type": "application/json",
      "x-queueit-proxykey": "",
      "x-queueit-clientip": long.slice(0, 2048),
      "user-agent": long.slice(0, 2048),
      referer: long.slice(0, 2048),
    });
    expect((calls[0]?.body as { protectedUrl: string }).protectedUrl).toHaveLength(2048);
  });

  it.each<FailureMode>(["open", "closed"])(
    "is told in the log by its failure mode: %s",
    async (failureMode) => {
      const log = watchLog();
      answerCalls(() => new Response("", { status: 500 }));
      await decided(visitor, [queueAction()], { directPass: SETTINGS, failureMode });
      expect(log.lines).toMatchObject([
        { level: "warn", event: `direct-pass-failed-${failureMode}`, reason: "direct-pass-unavailable" },
      ]);
    },
  );

  it("that is refused sends the visitor to the waiting room, in open mode too, and is no failure", async () => {
    const log = watchLog();
    answerCalls(() => new Response("", { status: 403 }));
    const settings = { directPass: SETTINGS, failureMode: "open" } as const;
    expect((await decided(visitor, [queueAction()], settings)).kind).toBe("to-queue-it");
    expect(log.lines).toMatchObject([{ event: "endpoint-refused", reason: "direct-pass" }]);
  });
});

import { afterEach, describe, expect, it, vi } from "vitest";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { connectorWith, TestContext } from "../support/connector.ts";
import { answerCalls, type Asked, decided } from "../support/decided.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { queueToken } from "../support/tokens.ts";
import { decide } from "../../../worker/request-flow.ts";

const PREFLIGHT: Asked = {
  method: "OPTIONS",
  headers: { origin: "https://app.example", "access-control-request-method": "GET" },
};
const PREFETCH: Asked = { headers: { "sec-purpose": "prefetch" } };
const BY_TOKEN = `https://shop.example/tickets?queueittoken=${queueToken()}`;
const LIMITED = queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 1 });
const ENDPOINTS = {
  verifyActionUrl: "https://verify.example/",
  apiKey: () => Promise.resolve("fake-api-key"),
  directPass: { url: "https://pass.example/", proxyKey: undefined, timeoutMs: 3000 },
};
const noPreflight = { kind: "preflight", allowed: undefined, cookies: [] };
const noPrefetch = { kind: "prefetch", cookies: [] };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ["a preflight", PREFLIGHT, noPreflight, { preflights: "queue" }],
  ["a prefetch", PREFETCH, noPrefetch, { prefetches: "queue" }],
] as const)("%s", (_what, asked, expected, queue) => {
  it("of a page that queues is not its visitor", async () => {
    expect(await decided(asked, [queueAction()])).toEqual(expected);
  });

  it("of a page that ends sessions is not its visitor", async () => {
    expect(await decided(asked, [queueAction({ ActionType: "Cancel" })])).toEqual(expected);
  });

  it("uses no token up, and gets no session by one", async () => {
    expect(await decided({ ...asked, url: BY_TOKEN }, [queueAction()])).toEqual(expected);
  });

  it("asks no endpoint, neither whether it may pass nor how often a queue id was used", async () => {
    const calls = answerCalls(() => Response.json({ HasPassed: true, QueueItToken: queueToken() }));
    expect(await decided(asked, [queueAction()], ENDPOINTS)).toEqual(expected);
    expect(await decided({ ...asked, url: BY_TOKEN }, [LIMITED], ENDPOINTS)).toEqual(expected);
    expect(calls).toEqual([]);
    // Its visitor is asked about.
    await decided({}, [queueAction()], ENDPOINTS);
    expect(calls).toHaveLength(1);
  });

  it("is like any request where nobody queues", async () => {
    for (const type of ["Ignore", "Future"])
      expect((await decided(asked, [queueAction({ ActionType: type })])).kind).toBe("pass");
    expect((await decided({ ...asked, url: "https://shop.example/about" }, [queueAction()])).kind).toBe(
      "pass",
    );
    const debug = `https://shop.example/about?queueittoken=${queueToken()}`;
    expect((await decided({ ...asked, url: debug }, [queueAction()])).kind).toBe("pass");
  });

  it("queues where the deployment says so", async () => {
    expect((await decided(asked, [queueAction()], queue)).kind).toBe("to-queue-it");
  });
});

it("a prefetch with a session passes, also a script's, but not where it would be a use of the queue id", async () => {
  const headers = { ...PREFETCH.headers, cookie: sessionCookie() };
  expect((await decided({ headers }, [queueAction()])).kind).toBe("pass");
  const script = { ...headers, "x-queueit-ajaxpageurl": "x" };
  expect((await decided({ headers: script }, [queueAction()])).kind).toBe("pass");
  expect(await decided({ headers }, [LIMITED], ENDPOINTS)).toEqual(noPrefetch);
});

it("a prefetch with a session does not take a token out of the address ahead of its visitor", async () => {
  const headers = { ...PREFETCH.headers, cookie: sessionCookie() };
  expect(await decided({ headers, url: BY_TOKEN }, [queueAction()])).toEqual(noPrefetch);
});

it("a prefetch that no setting refuses is no preflight, nor the other way around", async () => {
  expect((await decided(PREFETCH, [queueAction()], { preflights: "pass", prefetches: "queue" })).kind).toBe(
    "to-queue-it",
  );
  expect((await decided(PREFLIGHT, [queueAction()], { preflights: "queue" })).kind).toBe("to-queue-it");
});

it.each(["prefetch", "Prefetch;prerender", "prefetch;anonymous-client-ip", "preview"])(
  "%s says that a page is fetched ahead, in each header that browsers have for it",
  async (value) => {
    for (const name of ["sec-purpose", "purpose", "x-purpose", "x-moz"])
      expect(await decided({ headers: { [name]: value } }, [queueAction()])).toEqual(noPrefetch);
  },
);

it.each(["", "no prefetch", "prefetched", "x;prefetch"])("%j says nothing of it", async (value) => {
  expect((await decided({ headers: { "sec-purpose": value } }, [queueAction()])).kind).toBe("to-queue-it");
});

it("a request that passes or that no action matches is not looked at for it", async () => {
  const connector = connectorWith(configurationOf(queueAction()));
  const read: string[] = [];
  const headersOf = (given: Readonly<Record<string, string>>) => ({
    get: (name: string) => {
      read.push(name);
      return given[name] ?? null;
    },
  });
  for (const [url, given] of [
    ["https://shop.example/about", {}],
    ["https://shop.example/tickets", { cookie: sessionCookie() }],
  ] as const) {
    const request = { url, headers: headersOf(given), method: "GET" };
    expect((await decide(request, () => Promise.resolve(""), connector, new TestContext())).kind).toBe(
      "pass",
    );
  }
  expect(read.filter((name) => /origin|purpose|moz|access-control|sec-/.test(name))).toEqual([]);
});

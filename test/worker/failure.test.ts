import { UserInQueueService } from "@queue-it/connector-javascript/dist/userInQueueService.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../worker/index.ts";
import { forgetWritten } from "../../worker/runtime/log.ts";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { TestContext, TestNamespace } from "./support/connector.ts";
import { sessionCookie } from "./support/session-cookie.ts";
import { Shop, type ShopOptions } from "./support/shop.ts";
import { CUSTOMER, queueToken, SECRET } from "./support/tokens.ts";

const PAGE = "https://shop.example/tickets";
const CONFIGURATION = configurationOf(queueAction());
const CLOSED = { QUEUEIT_FAILURE_MODE: "closed" };

describe("a connector that cannot work, in workerd", () => {
  let shop: Shop | undefined;
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  });

  const causes: [string, ShopOptions, string][] = [
    ["its KV binding is missing", { without: "kv" }, "kv-binding-missing"],
    ["its secret key is missing", { configuration: CONFIGURATION, without: "secret" }, "secret-key-missing"],
    [
      "its customer id is missing",
      { configuration: CONFIGURATION, without: "customer" },
      "customer-id-missing",
    ],
    ["KV holds something broken", { configuration: '{"Version":5,' }, "configuration-invalid"],
    ["KV holds nothing", {}, "configuration-missing"],
  ];

  it.each(causes)("lets the site answer when %s", async (_why, options, reason) => {
    shop = await Shop.open(options);
    const response = await shop.visit(PAGE);
    expect(await response.text()).toBe("the shop");
    expect(response.headers.get("x-queueit-failed")).toBe("true");
    expect(shop.seen).toHaveLength(1);
    expect(JSON.stringify([...response.headers])).not.toContain(reason);
    await shop.close();
    expect(shop.log.join("\n")).toContain(`"event":"failed-open","reason":"${reason}"`);
    shop = undefined;
  });

  it("answers 503 without the site's content in closed mode", async () => {
    shop = await Shop.open({ variables: CLOSED });
    const response = await shop.visit(PAGE);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("30");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(await response.text()).not.toContain("shop");
    expect(shop.seen).toEqual([]);
  });
});

describe("a connector whose surroundings fail", () => {
  const origin = vi.fn<(request: Request) => Promise<Response>>();
  const errors: string[] = [];
  let context: TestContext;

  beforeEach(() => {
    origin.mockReset().mockImplementation(() => Promise.resolve(new Response("the shop")));
    errors.length = 0;
    forgetWritten();
    vi.stubGlobal("fetch", origin);
    vi.spyOn(console, "error").mockImplementation((line: string) => errors.push(line));
    context = new TestContext();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const visit = (value: TestNamespace["value"], variables: Record<string, unknown> = {}): Promise<Response> =>
    worker.fetch(
      new Request(PAGE),
      {
        QUEUEIT_CUSTOMER_ID: CUSTOMER,
        QUEUEIT_SECRET_KEY: SECRET,
        IntegrationConfigKV: new TestNamespace(value),
        ...variables,
      },
      context,
    );
  const reasons = (): string[] => errors.map((line) => (JSON.parse(line) as { reason: string }).reason);

  const failures: [string, TestNamespace["value"], Record<string, unknown>, string][] = [
    ["KV throws", () => Promise.reject(new Error("KV is down")), {}, "configuration-unreadable"],
    ["KV never answers", () => new Promise(() => undefined), {}, "configuration-unreadable"],
    [
      "the Secrets Store never answers",
      JSON.stringify(CONFIGURATION),
      { QUEUEIT_SECRET_KEY: { get: () => new Promise(() => undefined) } },
      "secret-unreadable",
    ],
  ];

  it.each(failures)("lets the site answer once when %s", async (_why, value, variables, reason) => {
    vi.useFakeTimers();
    const answer = visit(value, variables);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await (await answer).text()).toBe("the shop");
    expect((await answer).headers.get("x-queueit-failed")).toBe("true");
    expect(origin).toHaveBeenCalledTimes(1);
    expect(reasons()).toEqual([reason]);
  });

  it.each(failures)("keeps visitors out in closed mode when %s", async (_why, value, variables) => {
    vi.useFakeTimers();
    const answer = visit(value, { ...variables, ...CLOSED });
    await vi.advanceTimersByTimeAsync(2000);
    expect((await answer).status).toBe(503);
    expect(origin).not.toHaveBeenCalled();
  });

  it("lets the site answer once when the SDK throws", async () => {
    const fault = new Error("a fault of the SDK");
    vi.spyOn(UserInQueueService.prototype, "validateQueueRequest").mockRejectedValue(fault);
    const answer = await visit(JSON.stringify(CONFIGURATION));
    expect(answer.headers.get("x-queueit-failed")).toBe("true");
    expect(origin).toHaveBeenCalledTimes(1);
    expect(reasons()).toEqual(["unexpected-error"]);
  });

  it("does not say that a token was ignored when the SDK throws without one, too", async () => {
    const warnings = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const fault = new Error("a fault of the SDK");
    vi.spyOn(UserInQueueService.prototype, "validateQueueRequest").mockRejectedValue(fault);
    const env = {
      QUEUEIT_CUSTOMER_ID: CUSTOMER,
      QUEUEIT_SECRET_KEY: SECRET,
      IntegrationConfigKV: new TestNamespace(JSON.stringify(CONFIGURATION)),
    };
    await worker.fetch(new Request(`${PAGE}?queueittoken=${queueToken()}`), env, context);
    expect(warnings).not.toHaveBeenCalled();
    expect(reasons()).toEqual(["unexpected-error"]);
  });

  it("asks the origin once even when the origin cannot be reached", async () => {
    origin.mockRejectedValue(new TypeError("no route to host"));
    const answer = await visit(JSON.stringify({ Version: 1, Integrations: [] }));
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain("no route");
    expect(origin).toHaveBeenCalledTimes(1);
  });

  it("has the runtime's own net below it in open mode, and not in closed mode", async () => {
    await visit(JSON.stringify(CONFIGURATION));
    expect(context.passesThrough).toBe(true);
    context = new TestContext();
    await visit(JSON.stringify(CONFIGURATION), CLOSED);
    expect(context.passesThrough).toBe(false);
  });

  it("works again as soon as KV does: a failure is not kept", async () => {
    vi.useFakeTimers();
    const namespace = new TestNamespace(() => Promise.reject(new Error("KV is down")));
    const env = { QUEUEIT_CUSTOMER_ID: CUSTOMER, QUEUEIT_SECRET_KEY: SECRET, IntegrationConfigKV: namespace };
    expect((await worker.fetch(new Request(PAGE), env, context)).headers.get("x-queueit-failed")).toBe(
      "true",
    );
    namespace.value = JSON.stringify(CONFIGURATION);
    vi.advanceTimersByTime(5000);
    const recovered = await worker.fetch(new Request(PAGE), { ...env }, context);
    expect(recovered.status).toBe(302);
    expect(recovered.headers.get("x-queueit-failed")).toBeNull();
  });

  it("keeps what a slow Secrets Store gives after the deadline, and works from then on", async () => {
    vi.useFakeTimers();
    let reads = 0;
    const slowly = (): Promise<string> => {
      reads++;
      return new Promise((resolve) => setTimeout(resolve, 3000, SECRET));
    };
    const env = {
      QUEUEIT_CUSTOMER_ID: CUSTOMER,
      QUEUEIT_SECRET_KEY: { get: slowly },
      IntegrationConfigKV: new TestNamespace(JSON.stringify(CONFIGURATION)),
    };
    const early = worker.fetch(new Request(PAGE), env, context);
    await vi.advanceTimersByTimeAsync(2000);
    expect((await early).headers.get("x-queueit-failed")).toBe("true");
    await vi.advanceTimersByTimeAsync(1000);
    expect((await worker.fetch(new Request(PAGE), env, context)).status).toBe(302);
    // The one of the first request, and the second try.
    expect(reads).toBe(2);
  });

  it.each([
    ["that is gone", () => Promise.reject(new Error("No such secret."))],
    ["that never comes", () => new Promise(() => undefined)],
  ])("does not fail for a secret %s and that this request does not need", async (_what, get) => {
    const unneeded = { QUEUEIT_API_KEY: { get }, QUEUEIT_DIRECT_PASS_KEY: { get } };
    const answer = await visit(JSON.stringify(CONFIGURATION), unneeded);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("x-queueit-failed")).toBeNull();
  });

  it("fails no longer than KV does, although the clock went back an hour", async () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const namespace = new TestNamespace(() => Promise.reject(new Error("KV is down")));
    const env = { QUEUEIT_CUSTOMER_ID: CUSTOMER, QUEUEIT_SECRET_KEY: SECRET, IntegrationConfigKV: namespace };
    await worker.fetch(new Request(PAGE), env, context);
    namespace.value = JSON.stringify(CONFIGURATION);
    vi.setSystemTime(1_800_000_000_000 - 3_600_000);
    expect((await worker.fetch(new Request(PAGE), env, context)).status).toBe(302);
  });

  it("writes a line a minute for each reason, with the number of visitors it stands for", async () => {
    vi.useFakeTimers();
    for (let visitor = 0; visitor < 3; visitor++) await visit("{");
    vi.advanceTimersByTime(60_000);
    await visit("{");
    expect(errors.map((line) => (JSON.parse(line) as { count: number }).count)).toEqual([1, 3]);
  });

  it("never logs the secret key", async () => {
    await visit("{", {});
    const cookie = sessionCookie();
    const request = new Request(PAGE, { headers: { cookie } });
    const configuration = JSON.stringify(
      configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 1 })),
    );
    const env = {
      QUEUEIT_CUSTOMER_ID: CUSTOMER,
      QUEUEIT_SECRET_KEY: SECRET,
      IntegrationConfigKV: new TestNamespace(configuration),
    };
    await worker.fetch(request, env, context);
    expect(reasons()).toEqual(["configuration-invalid", "verify-action-unavailable"]);
    expect(errors.join("\n")).not.toContain(SECRET);
  });
});

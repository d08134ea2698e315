import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statusCall } from "../../../infra/verify/status-call.ts";
import { createSigner } from "../../../worker/encoding/hmac.ts";
import { configurationText, type WorkerStatus } from "../../../worker/status/status-protocol.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { Shop } from "../support/shop.ts";
import { SECRET } from "../support/tokens.ts";

const PAGE = "https://shop.example/tickets?seat=1";
const BUNDLE = "ab".repeat(32);
const MINUTE = 60_000;

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open({
    configuration: { ...configurationOf(queueAction()), Version: 7 },
    variables: { QUEUEIT_BUNDLE_SHA256: BUNDLE, QUEUEIT_FAILURE_MODE: "closed" },
  });
});
afterAll(() => shop.close());

interface Asked {
  readonly page?: string;
  readonly key?: string;
  readonly issuedAt?: number;
  readonly method?: string;
}

async function ask({ page = PAGE, key = SECRET, issuedAt = Date.now(), method = "GET" }: Asked = {}) {
  const call = statusCall(page, key, issuedAt);
  const response = await shop.visit(call.url, { method, headers: call.headers });
  return { call, response, body: await response.text() };
}

async function status(asked: Asked = {}): Promise<WorkerStatus | undefined> {
  const { call, response, body } = await ask(asked);
  return call.read({ headers: response.headers, body });
}

describe("a status call", () => {
  it("is told bundle, failure mode, owner, configuration and the action of the page", async () => {
    expect(await status()).toEqual({
      connector: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      bundle: BUNDLE,
      chained: false,
      failure: "closed",
      owner: "publish",
      configuration: { version: 7, actions: 1, text: null, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      action: {
        name: "protect tickets",
        type: "Queue",
        waitingRoom: "event1",
        queueDomain: expect.stringMatching(/./),
      },
    });
  });

  it("is told the text itself where it asks for it", async () => {
    const call = statusCall(PAGE, SECRET, Date.now(), true);
    const response = await shop.visit(call.url, { headers: call.headers });
    const told = call.read({ headers: response.headers, body: await response.text() });
    expect(JSON.parse(told?.configuration?.text ?? "")).toEqual({
      ...configurationOf(queueAction()),
      Version: 7,
    });
  });

  it("is told which text the configuration was read from, to the letter", async () => {
    const text = JSON.stringify({ ...configurationOf(queueAction()), Version: 7 });
    const hash = createSigner(SECRET)(configurationText(text));
    expect((await status())?.configuration?.hash).toBe(hash);
    expect(hash).not.toBe(createSigner(SECRET)(configurationText(`${text} `)));
  });

  it("is told that no action matches its page", async () => {
    expect((await status({ page: "https://shop.example/about" }))?.action).toBeNull();
  });

  it("reaches neither the site nor a cache", async () => {
    const before = shop.seen.length;
    const { response } = await ask();
    expect(shop.seen.length).toBe(before);
    expect(response.headers.get("cache-control")).toContain("no-store");
  });

  it("never holds the secret key", async () => {
    const { call, response, body } = await ask();
    const texts = [call.url, JSON.stringify(call.headers), body, JSON.stringify([...response.headers])];
    expect(texts.join("\n")).not.toContain(SECRET);
  });

  it.each([
    ["signed with another key", { key: "another-key" }],
    ["older than a minute", { issuedAt: Date.now() - 2 * MINUTE }],
    ["from the future", { issuedAt: Date.now() + 2 * MINUTE }],
    ["that would change something", { method: "POST" }],
  ])("%s is a request like any other: the visitor queues", async (_what, asked) => {
    const { response } = await ask(asked);
    expect(response.status).toBe(302);
    expect(response.headers.get("x-queueit-status-hash")).toBeNull();
  });

  it("cannot be repeated at another host", async () => {
    const { headers } = statusCall(PAGE, SECRET, Date.now());
    const elsewhere = await shop.visit("https://other.example/tickets?__queueit_status", { headers });
    expect(elsewhere.headers.get("x-queueit-status-hash")).toBeNull();
  });
});

describe("the answer to a status call", () => {
  it("is not believed when it was changed on its way", async () => {
    const { call, response, body } = await ask();
    const changed = body.replace('"version":7', '"version":8');
    expect(call.read({ headers: response.headers, body: changed })).toBeUndefined();
  });

  it("is not believed as an answer to a later call", async () => {
    const { response, body } = await ask({ issuedAt: Date.now() - 1000 });
    const later = statusCall(PAGE, SECRET, Date.now());
    expect(later.read({ headers: response.headers, body })).toBeUndefined();
  });
});

it("a Worker without configuration says so", async () => {
  const empty = await Shop.open();
  const call = statusCall(PAGE, SECRET, Date.now());
  const response = await empty.visit(call.url, { headers: call.headers });
  const answer = call.read({ headers: response.headers, body: await response.text() });
  expect([answer?.configuration, answer?.action]).toEqual([null, null]);
  await empty.close();
});

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import worker from "../../../worker/index.ts";
import { CONFIGURATION_BINDING } from "../../../worker/deployment/variables.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { TestContext, TestNamespace } from "../support/connector.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { CUSTOMER, queueToken, SECRET } from "../support/tokens.ts";

const PAGE = "https://shop.example/tickets";

/** One visitor of every kind that the connector tells apart. */
const VISITORS = [
  new Request("https://shop.example/about"),
  new Request(PAGE),
  new Request(PAGE, { headers: { cookie: sessionCookie() } }),
  new Request(PAGE, { headers: { cookie: "QueueITAccepted-SDFrts345E-V3_event1=broken" } }),
  new Request(PAGE, { headers: { "x-queueit-ajaxpageurl": encodeURIComponent(PAGE) } }),
  new Request(`${PAGE}?queueittoken=${queueToken()}`),
  new Request(`${PAGE}?queueittoken=broken`),
  new Request(PAGE, { method: "POST", body: "a form" }),
];

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("the shop")));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("KV is read once by a cold isolate and then by no request until the time-to-live is over", async () => {
  const namespace = new TestNamespace(JSON.stringify(configurationOf(queueAction())));
  const env = {
    [CONFIGURATION_BINDING]: namespace,
    QUEUEIT_CUSTOMER_ID: CUSTOMER,
    QUEUEIT_SECRET_KEY: SECRET,
  };
  const context = new TestContext();
  const statuses: number[] = [];
  for (const visitor of VISITORS) statuses.push((await worker.fetch(visitor, env, context)).status);
  await context.settled();
  expect(statuses).toEqual([200, 302, 200, 302, 200, 302, 302, 302]);
  expect(namespace.reads).toBe(1);
});

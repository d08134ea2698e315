import { afterEach, expect, it, vi } from "vitest";
import { queueAction } from "../support/configurations.ts";
import { decided, watchLog } from "../support/decided.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { hmac, queueToken } from "../support/tokens.ts";

/** Signed, and without redirect type: the SDK 5.0.1 throws at it. */
const throwsInSdk = signed(queueToken().replace(/~rt_.*/, ""));

function signed(unsigned: string): string {
  return `${unsigned}~h_${hmac(unsigned)}`;
}

afterEach(() => {
  vi.restoreAllMocks();
});

it("a token that makes the SDK throw is worth nothing: without a session the visitor queues", async () => {
  const log = watchLog();
  const url = `https://shop.example/tickets?queueittoken=${throwsInSdk}`;
  expect(await decided({ url }, [queueAction()])).toMatchObject({
    kind: "to-queue-it",
    url: expect.stringContaining("https://testcustomer.queue-it.net/?c=testcustomer&e=event1"),
  });
  expect(log.lines).toMatchObject([
    { level: "warn", event: "queue-token-ignored", reason: "sdk-error", detail: expect.stringMatching(/./) },
  ]);
});

it("a token that makes the SDK throw does not take a session away", async () => {
  watchLog();
  const headers = { "x-queueittoken": throwsInSdk, cookie: sessionCookie() };
  expect((await decided({ headers }, [queueAction()])).kind).toBe("pass");
});

it("a script is told about a refused session as a script", async () => {
  const headers = { "x-queueit-ajaxpageurl": "https%3A%2F%2Fshop.example%2Fpage" };
  expect(await decided({ headers }, [queueAction()])).toMatchObject({ kind: "to-queue-it", isAjax: true });
  expect(await decided({}, [queueAction()])).toMatchObject({ kind: "to-queue-it", isAjax: false });
});

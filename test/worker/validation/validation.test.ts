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

it("a token in the address is left there by an action that is not a queue", async () => {
  const url = `https://shop.example/tickets?queueittoken=${queueToken()}`;
  for (const ActionType of ["Ignore", "Cancel"])
    expect(await decided({ url }, [queueAction({ ActionType })])).toMatchObject({ kind: "pass", url });
});

it("an empty token in the address is taken out for a visitor with a session", async () => {
  const url = "https://shop.example/tickets?queueittoken=&seat=1";
  expect(await decided({ url, headers: { cookie: sessionCookie() } }, [queueAction()])).toMatchObject({
    kind: "strip-token",
    url: "https://shop.example/tickets?seat=1",
  });
});

it("a token on a page that nothing protects changes nothing", async () => {
  const log = watchLog();
  const url = `https://shop.example/about?queueittoken=${queueToken()}`;
  expect(await decided({ url }, [queueAction()])).toMatchObject({ kind: "pass", url, cookies: [] });
  expect(log.lines).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { referenceDecision } from "../differential/reference.ts";
import { queueAction, configurationOf, type TestAction } from "../support/configurations.ts";
import { decided } from "../support/decided.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { queueToken } from "../support/tokens.ts";

const NOW = 1_800_000_000;
const PAGE = "https://shop.example/tickets?seat=A12";
const IP = { "cf-connecting-ip": "192.0.2.1" };

const ACTIONS: Readonly<Record<string, Partial<TestAction>>> = {
  "a queue": {},
  "a queue without a name": { Name: null },
  "a queue that other waiting rooms let into": { InvolvedWaitingRoomIds: ["room-2", "event1"] },
  "a queue with a layout and a language": { LayoutName: "Big Sale", Culture: "da-DK" },
  "a queue behind a path": { QueuePathPrefix: "wait/here" },
  "a queue whose sessions are not extended": { ExtendCookieValidity: false },
  "a queue whose sessions last three minutes": { CookieValidityMinute: 3 },
  "a queue whose cookies are a domain's": { CookieDomain: ".shop.example" },
  "a queue whose cookies no script reads": { IsCookieHttpOnly: true, IsCookieSecure: true },
  "a queue with a fixed target": {
    RedirectLogic: "ForcedTargetUrl",
    ForcedTargetUrl: "https://shop.example/start",
  },
  "a queue with a fixed target that is missing": { RedirectLogic: "ForcedTargetUrl", ForcedTargetUrl: null },
  "a queue with the event's own target": { RedirectLogic: "EventTargetUrl" },
  "a queue without redirect logic": { RedirectLogic: null, ForcedTargetUrl: "https://shop.example/start" },
  "a cancel action": { ActionType: "Cancel" },
  "an ignore action": { ActionType: "Ignore" },
};

/** Made when they are needed, since they are signed over the time. */
const VISITORS: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  "somebody new": () => ({}),
  "somebody with a session": () => ({ cookie: sessionCookie({ issued: NOW - 60 }) }),
  "somebody with a session of four minutes ago": () => ({ cookie: sessionCookie({ issued: NOW - 240 }) }),
  "somebody with a session of yesterday": () => ({ cookie: sessionCookie({ issued: NOW - 86_400 }) }),
  "somebody with a session for a fixed time": () => ({
    cookie: sessionCookie({ issued: NOW, fixedMinutes: 5 }),
  }),
  "somebody with a session of another room": () => ({
    cookie: sessionCookie({ room: "room-2", issued: NOW }),
  }),
  "somebody with a session of this address": () => ({
    cookie: sessionCookie({ issued: NOW, ip: IP["cf-connecting-ip"] }),
    ...IP,
  }),
  "somebody with a session of another address": () => ({
    cookie: sessionCookie({ issued: NOW, ip: "192.0.2.2" }),
    ...IP,
  }),
  "somebody with a session of another key": () => ({ cookie: sessionCookie({ issued: NOW }, "another key") }),
  "somebody with a token": () => ({ "x-queueittoken": queueToken() }),
  "somebody with a token for a fixed time": () => ({ "x-queueittoken": queueToken({ validityMinutes: 5 }) }),
  "somebody with a token that is over": () => ({ "x-queueittoken": queueToken({ expires: NOW - 1 }) }),
  "somebody with a token of another room": () => ({ "x-queueittoken": queueToken({ room: "room-3" }) }),
  "somebody with a token of another key": () => ({ "x-queueittoken": queueToken({}, "another key") }),
  "a script of a new visitor": () => ({
    "x-queueit-ajaxpageurl": encodeURIComponent("https://shop.example/page"),
  }),
  "a script of a visitor with a session": () => ({
    "x-queueit-ajaxpageurl": encodeURIComponent("https://shop.example/page"),
    cookie: sessionCookie({ issued: NOW }),
  }),
  "somebody with a diagnostics token": () => ({ "x-queueittoken": queueToken({ redirectType: "debug" }) }),
};

describe("what the SDK itself decides", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW * 1000 });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  const cases = Object.keys(ACTIONS).flatMap((action) =>
    Object.keys(VISITORS).map((visitor) => [action, visitor] as const),
  );

  it.each(cases)("is decided for %s and %s", async (actionName, visitor) => {
    const headers = VISITORS[visitor]?.() ?? {};
    const action = queueAction(ACTIONS[actionName]);
    const ours = await decided({ url: PAGE, headers }, [action]);
    const request = { url: PAGE, method: "GET", headers, body: "" };
    expect(ours).toEqual(await referenceDecision(request, JSON.stringify(configurationOf(action))));
  });

  it("tells the cases apart", async () => {
    const kinds = new Set<string>();
    for (const [actionName, visitor] of cases)
      kinds.add(
        JSON.stringify(
          await decided({ headers: VISITORS[visitor]?.() ?? {} }, [queueAction(ACTIONS[actionName])]),
        ),
      );
    expect(kinds.size).toBeGreaterThan(60);
  });
});

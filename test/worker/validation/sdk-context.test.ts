import { describe, expect, it } from "vitest";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { AJAX_HEADER, ENQUEUE_TOKEN_PLACE, SdkContext } from "../../../worker/validation/sdk-context.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { configurationOf } from "../support/configurations.ts";
import { connectorWith } from "../support/connector.ts";
import { sessionPair, sessionValue } from "../support/session-cookie.ts";
import { hmac } from "../support/tokens.ts";

const URL_ASKED = "https://shop.example/tickets?queueittoken=abc";
const ENQUEUE_TOKEN = { validityMs: 1, withKey: false };
const DIRECT_PASS = { url: "https://pass.example/", proxyKey: undefined, timeoutMs: 900 };

function contextOf(headers: Record<string, string> = {}, settings: Partial<Settings> = {}): SdkContext {
  const request = { url: URL_ASKED, method: "GET", headers: new Headers(headers) };
  const visit = new Visit(request, "https://shop.example/tickets", "the body");
  return new SdkContext(visit, connectorWith(configurationOf(), settings));
}

describe("what the SDK gets to see of a request", () => {
  it("is its address with the token, its headers, its body and the visitor's address", () => {
    const context = contextOf({ "user-agent": "Mozilla/5.0", referer: "a", "cf-connecting-ip": "192.0.2.1" });
    expect(context.getAbsoluteUri()).toBe(URL_ASKED);
    expect(context.getUserAgent()).toBe("Mozilla/5.0");
    expect(context.getHeader("Referer")).toBe("a");
    expect(context.getHeader("x-other")).toBe("");
    expect(context.getRequestBodyAsString()).toBe("the body");
    expect(context.getUserHostAddress()).toBe("192.0.2.1");
  });

  it("is no address of the visitor where Queue-it is not to know it", () => {
    const context = contextOf({ "cf-connecting-ip": "192.0.2.1" }, { clientIpHeader: undefined });
    expect(context.getUserHostAddress()).toBe("");
  });

  it("is a session cookie of the right form, and any other cookie as it is", () => {
    const value = sessionValue();
    const name = "QueueITAccepted-SDFrts345E-V3_event1";
    expect(contextOf({ cookie: sessionPair("event1", value) }).getCookieValue(name)).toBe(value);
    expect(contextOf({ cookie: `${name}=other` }).getCookieValue(name)).toBe("no-session");
    expect(contextOf({ cookie: "basket=7" }).getCookieValue("basket")).toBe("7");
    expect(contextOf().getCookieValue(name)).toBeUndefined();
  });

  it("is a page of modest size for a script, or one that cannot be decoded", () => {
    const page = (text: string): string => contextOf({ [AJAX_HEADER]: text }).getHeader(AJAX_HEADER);
    expect(page("https%3A%2F%2Fshop.example%2F")).toBe("https%3A%2F%2Fshop.example%2F");
    expect(page("")).toBe("");
    expect(page("x".repeat(8192))).toBe("x".repeat(8192));
    expect(page("x".repeat(8193))).toBe("%");
    // A slash that is encoded twice takes five characters.
    expect(page("/".repeat(1638))).toBe("/".repeat(1638));
    expect(page("/".repeat(1639))).toBe("%");
    expect(page("%2F".repeat(1639))).toBe("%");
    expect(page("%61".repeat(2730))).toBe("%61".repeat(2730));
    const long = "/".repeat(1639);
    expect(contextOf({ referer: long }).getHeader("referer")).toBe(long);
  });

  it("is one object that plays all parts", () => {
    const context = contextOf();
    const parts = [context.getHttpRequest(), context.getHttpResponse(), context.getCryptoProvider()];
    expect(parts.every((part) => part === context)).toBe(true);
    expect(context.getSha256Hash("", "a text")).toBe(hmac("a text"));
  });

  it("has a provider of enqueue tokens and of direct pass only where they are switched on", () => {
    expect(contextOf().getEnqueueTokenProvider()).toBeNull();
    expect(contextOf().getDirectActionProvider()).toBeNull();
    const context = contextOf({}, { enqueueToken: ENQUEUE_TOKEN, directPass: DIRECT_PASS });
    expect(context.getEnqueueTokenProvider()).toBe(context);
    expect(context.getDirectActionProvider().getSettings()).toEqual({
      disabled: false,
      proxyKey: "",
      directPass: { timeoutMillis: 900 },
    });
  });

  it("remembers which waiting room an enqueue token is wanted for", () => {
    const context = contextOf();
    expect(context.enqueueTokenFor).toBeUndefined();
    expect(context.getEnqueueToken("event1")).toBe(ENQUEUE_TOKEN_PLACE);
    expect(context.enqueueTokenFor).toBe("event1");
  });
});

describe("the cookies that the SDK sets", () => {
  const set = (context: SdkContext, name: string, value: string): void => {
    context.setCookie(name, value, "", 0, false, false);
  };
  const valueOf = (line: string | undefined): string =>
    decodeURIComponent(/=([^;]*);/.exec(line ?? "")?.[1] ?? "");

  it("are none at first, and of one name the last", () => {
    const context = contextOf();
    expect(context.cookies).toEqual([]);
    for (const [name, value] of [
      ["a", "1"],
      ["b", "2"],
      ["a", "3"],
    ] as const)
      set(context, name, value);
    expect(context.cookies.map(valueOf)).toEqual(["3", "2"]);
  });

  it("have all that the SDK says of them", () => {
    const context = contextOf();
    context.setCookie("a", "b c", ".shop.example", 86_400, true, true);
    expect(context.cookies).toEqual([
      "a=b%20c; expires=Fri, 02 Jan 1970 00:00:00 GMT; domain=.shop.example; HttpOnly; Secure; path=/",
    ]);
  });

  it("name the waiting room in lower case, as it is signed, and change nothing else", () => {
    const stored = (value: string): string => {
      const context = contextOf();
      set(context, "QueueITAccepted-SDFrts345E-V3_Event1", value);
      return valueOf(context.cookies[0]);
    };
    expect(stored(sessionValue().replace("event1", "Event1"))).toBe(sessionValue());
    expect(stored("EventId=EVENT1X")).toMatch(/^EventId=event1x&Seal=[0-9a-f]{64}$/);
    expect(stored("EventId=EVENT1&QueueId=ABC")).toMatch(/^EventId=event1&QueueId=ABC&Seal=[0-9a-f]{64}$/);
    expect(stored("Other=EventId=ABC")).toBe("Other=EventId=ABC");
    expect(stored("")).toBe("");
  });

  it("of diagnostics are cut to what a browser keeps, and those of sessions are not", () => {
    for (const text of ["x", "/", "ü", "€", "😀"]) {
      const context = contextOf();
      const value = text.repeat(5000);
      set(context, "queueitdebug", value);
      const [line = ""] = context.cookies;
      expect(line.length).toBeLessThanOrEqual(4000);
      expect(line.length).toBeGreaterThan(3900);
      expect(value.startsWith(valueOf(line).replace("\ufffd", ""))).toBe(true);
    }
    const context = contextOf();
    set(context, "queueitdebug", "short");
    set(context, "other", "x".repeat(5000));
    expect(context.cookies.map(valueOf)).toEqual(["short", "x".repeat(5000)]);
  });

  it("of diagnostics keep everything where that is as long as a browser keeps", () => {
    const attributes = "queueitdebug=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/".length;
    const value = "x".repeat(4000 - attributes);
    const context = contextOf();
    set(context, "queueitdebug", value);
    expect(valueOf(context.cookies[0])).toBe(value);
  });
});

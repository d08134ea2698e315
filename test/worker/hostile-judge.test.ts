import { describe, expect, it } from "vitest";
import type { Delivered } from "../long/hostile/delivery-probe.ts";
import { faultOf, needsLook, type Seen } from "../long/hostile/judge.ts";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { sessionCookie } from "./support/session-cookie.ts";

const CONFIGURATION = JSON.stringify(configurationOf(queueAction()));
const OURS = "x-queueit-connector: cloudflare\r\n";
const SESSION = "set-cookie: QueueITAccepted-SDFrts345E-V3_event1=EventId%3Devent1; path=/\r\n";

const HELD = "The SDK would have held it.";
const OWN_ERROR = "The connector answered with an error of its own.";

function seen(status: string, headers: string, asked: number): Seen {
  return { answer: `HTTP/1.1 ${status}\r\n${headers}\r\n`, asked };
}

function delivered(cookie = ""): Delivered {
  return { method: "GET", url: "http://shop.example/tickets", headers: { cookie }, body: "" };
}

const faultIn = (one: Seen, what: Delivered | undefined = delivered()): Promise<string | undefined> =>
  faultOf(one, what, CONFIGURATION);

describe("the judge of hostile requests", () => {
  it("has nothing against a visitor who is held, and does not look twice", async () => {
    const held = seen("302 Found", OURS, 0);
    expect(needsLook(held)).toBe(false);
    expect(await faultIn(held)).toBeUndefined();
  });

  it("has nothing against one whose session the SDK takes", async () => {
    expect(await faultIn(seen("200 OK", OURS, 1), delivered(sessionCookie()))).toBeUndefined();
  });

  it("has nothing against one who brings a token that is not looked at to a page that is open", async () => {
    const open = { ...delivered(), url: "http://shop.example/about" };
    const token = `${"&=".repeat(2000)}~rt_debug~h_${"0".repeat(64)}`;
    expect(
      await faultIn(seen("200 OK", OURS, 1), { ...open, headers: { "x-queueittoken": token } }),
    ).toBeUndefined();
    const url = `${open.url}?queueittoken=${encodeURIComponent(token)}`;
    expect(await faultIn(seen("200 OK", OURS, 1), { ...open, url })).toBeUndefined();
  });

  it.each([
    ["the site is reached", seen("200 OK", OURS, 1), "The SDK would have held it."],
    ["a session is given", seen("302 Found", OURS + SESSION, 0), "The SDK would have held it."],
    ["the site is asked twice", seen("200 OK", OURS, 2), "The site was asked more than once."],
    [
      "the connector fails",
      seen("200 OK", `${OURS}x-queueit-failed: true\r\n`, 1),
      "The connector failed because of a request.",
    ],
    [
      "the connector answers with an error",
      seen("502 Bad Gateway", OURS, 0),
      "The connector answered with an error of its own.",
    ],
    [
      "the Worker throws",
      seen("500 Internal Server Error", "", 0),
      "The Worker was asked, and did not answer.",
    ],
    ["the connection breaks off", { answer: "", asked: 0 }, "The Worker was asked, and did not answer."],
  ])("sees when %s", async (_what, one, fault) => {
    expect(needsLook(one)).toBe(true);
    expect(await faultIn(one)).toBe(fault);
  });

  it("has nothing against a preflight that brings no page, nor against a prefetch that is turned away", async () => {
    const headers = { origin: "https://a.example", "access-control-request-method": "GET" };
    const preflight = { ...delivered(), method: "OPTIONS", headers };
    const site = seen("200 OK", OURS, 1);
    expect(await faultIn(site, preflight)).toBeUndefined();
    expect(await faultIn({ ...site, answer: `${site.answer}the shop` }, preflight)).toBe(HELD);
    expect(await faultIn(seen("200 OK", `${OURS}set-cookie: a=1\r\n`, 1), preflight)).toBe(HELD);
    expect(await faultIn(site, { ...preflight, body: "x" })).toBe(HELD);
    expect(await faultIn(site, { ...preflight, headers: { ...headers, cookie: "a=1" } })).toBe(HELD);

    const prefetch = { ...delivered(), headers: { "sec-purpose": "prefetch;prerender" } };
    expect(await faultIn(seen("503 Service Unavailable", OURS, 0), prefetch)).toBeUndefined();
    expect(await faultIn(seen("503 Service Unavailable", OURS, 1), prefetch)).toBe(OWN_ERROR);
    expect(await faultIn(site, prefetch)).toBe(HELD);
  });

  it("sees when the site gets what the runtime refuses", async () => {
    const fault = await faultOf(seen("500 Internal Server Error", "", 1), undefined, CONFIGURATION);
    expect(fault).toBe("The site got what the runtime refuses.");
  });
});

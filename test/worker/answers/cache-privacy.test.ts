import { describe, expect, it } from "vitest";
import { keepPrivate } from "../../../worker/answers/cache-privacy.ts";
import { passOn } from "../../../worker/answers/response.ts";

function privateOf(headers: Record<string, string>): Record<string, string> {
  const changed = new Headers(headers);
  keepPrivate(changed);
  return Object.fromEntries(changed);
}

describe("an answer that gets a session cookie", () => {
  it.each([
    [undefined, "private"],
    ["", "private"],
    ["public, max-age=600", "private, max-age=600"],
    ["Public,S-MaxAge=600 , immutable", "private, immutable"],
    [
      "max-age=60, proxy-revalidate, stale-while-revalidate=30",
      "private, max-age=60, stale-while-revalidate=30",
    ],
    ["no-cache", "private, no-cache"],
    ['private="set-cookie, x", max-age=9', "private, max-age=9"],
    [
      'no-store, no-cache="set-cookie", must-revalidate',
      'private, no-store, no-cache="set-cookie", must-revalidate',
    ],
    [
      'public, no-cache="set-cookie, set-cookie2", must-revalidate',
      'private, no-cache="set-cookie, set-cookie2", must-revalidate',
    ],
    ['max-age=1, no-cache="unclosed', 'private, max-age=1, no-cache="unclosed'],
    ["private, max-age=60", "private, max-age=60"],
    ["no-store", "private, no-store"],
    ["PRIVATE", "private"],
    // Who understands the status is told to keep it in spite of no-store (RFC 9111, 5.2.2.3).
    ["must-understand, no-store, max-age=9", "private, no-store, max-age=9"],
    ["Must-Understand, private, max-age=9", "private, max-age=9"],
  ])("with Cache-Control %j goes out with %j", (said, expected) => {
    const headers: Record<string, string> = said === undefined ? {} : { "cache-control": said };
    expect(privateOf(headers)["cache-control"]).toBe(expected);
  });

  it("has no orders for shared caches alone, which come before Cache-Control", () => {
    const orders = {
      "CDN-Cache-Control": "max-age=600",
      "Cloudflare-CDN-Cache-Control": "max-age=600",
      "Surrogate-Control": "max-age=600",
      "X-Accel-Expires": "600",
      "Edge-Control": "cache-maxage=600s",
    };
    expect(privateOf({ ...orders, etag: "1" })).toEqual({ "cache-control": "private", etag: "1" });
  });

  it("stays as the site says when it gets none", () => {
    const origin = new Response("page", {
      headers: { "cache-control": "public", "cdn-cache-control": "max-age=9" },
    });
    const { headers } = passOn(origin, [], false);
    expect(headers.get("cache-control")).toBe("public");
    expect(headers.get("cdn-cache-control")).toBe("max-age=9");
  });

  it("keeps the site's own cookies", () => {
    const origin = new Response("page", { headers: { "set-cookie": "basket=1", "cache-control": "public" } });
    const { headers } = passOn(origin, ["session=1"], false);
    expect(headers.getSetCookie()).toEqual(["basket=1", "session=1"]);
    expect(headers.get("cache-control")).toBe("private");
  });
});

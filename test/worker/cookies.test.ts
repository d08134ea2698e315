import { describe, expect, it } from "vitest";
import { cookieLookup, serializeCookie } from "../../worker/cookies.ts";

describe("cookies of a request", () => {
  it("are found by name, decoded", () => {
    expect(cookieLookup("a=1; b=%C3%9F ; c=x=y")("b")).toBe("ß");
  });

  it("keep what follows a second equals sign", () => {
    expect(cookieLookup("c=x=y")("c")).toBe("x=y");
  });

  it("are given as they are when they cannot be decoded", () => {
    expect(cookieLookup("a=%zz; b=1")("a")).toBe("%zz");
  });

  it.each(["__proto__", "constructor", "toString"])("do not include %s unless it was sent", (name) => {
    expect(cookieLookup("a=1")(name)).toBeUndefined();
    expect(cookieLookup(`${name}=x`)(name)).toBe("x");
  });

  it("count the last of one name, as the vendor's connector does", () => {
    expect(cookieLookup("a=1; a=2")("a")).toBe("2");
  });

  it("may be missing altogether", () => {
    expect(cookieLookup(null)("a")).toBeUndefined();
  });
});

describe("a cookie that is set", () => {
  const cookie = { name: "n", value: "a=b&c", domain: "", expires: 0, httpOnly: false, secure: false };

  it("has its value percent-encoded", () => {
    expect(serializeCookie(cookie)).toBe("n=a%3Db%26c; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/");
  });

  it("carries domain and flags when they are asked for", () => {
    expect(serializeCookie({ ...cookie, domain: ".shop.example", httpOnly: true, secure: true })).toBe(
      "n=a%3Db%26c; expires=Thu, 01 Jan 1970 00:00:00 GMT; domain=.shop.example; HttpOnly; Secure; path=/",
    );
  });

  it("can hold half of a character without failing", () => {
    expect(serializeCookie({ ...cookie, value: "\ud800" })).toContain("n=%EF%BF%BD;");
  });
});

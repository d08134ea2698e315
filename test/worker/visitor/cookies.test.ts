import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCookie, serializeCookie } from "../../../worker/visitor/cookies.ts";

describe("cookies of a request", () => {
  it("are found by name, decoded", () => {
    expect(findCookie("a=1; b=%C3%9F ; c=x=y", "b")).toBe("ß");
  });

  it("keep what follows a second equals sign", () => {
    expect(findCookie("c=x=y", "c")).toBe("x=y");
  });

  it("are given as they are when they cannot be decoded", () => {
    expect(findCookie("a=%zz; b=1", "a")).toBe("%zz");
  });

  it.each(["__proto__", "constructor", "toString"])("do not include %s unless it was sent", (name) => {
    expect(findCookie("a=1", name)).toBeUndefined();
    expect(findCookie(`${name}=x`, name)).toBe("x");
  });

  it("count the last of one name, as the vendor's connector does", () => {
    expect(findCookie("a=1; a=2", "a")).toBe("2");
  });

  it("are not found inside of other names and values", () => {
    expect(findCookie("xa=1; ax=2; b=a=3; c=; a", "a")).toBeUndefined();
    expect(findCookie("a=b=1; c;d=1", "a=b")).toBeUndefined();
    expect(findCookie("a=b=1; c;d=1", "c;d")).toBeUndefined();
  });

  it("are those that reading the whole header would give", () => {
    const texts = fc.stringMatching(/^[ab=; \u00a0%]{0,30}$/);
    const names = fc.constantFrom("a", "b", "ab", "aba", "a b", " a", "a=", "a;b");
    fc.assert(
      fc.property(texts, names, (header, name) => {
        const values = header
          .split(";")
          .filter((pair) => pair.includes("=") && pair.slice(0, pair.indexOf("=")).trim() === name)
          .map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
        expect(findCookie(header, name)).toBe(values.at(-1));
      }),
      { numRuns: 5000 },
    );
  });

  it("may be missing altogether", () => {
    expect(findCookie("", "a")).toBeUndefined();
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

import { describe, expect, it } from "vitest";
import { CookieJar } from "../../../../infra/local/visitors/cookie-jar.ts";

describe("a visitor's cookies", () => {
  const jarOf = (host: string, ...lines: readonly string[]) => {
    const jar = new CookieJar();
    jar.keep(host, lines, 1_000_000);
    return jar;
  };

  it("go back to the host that set them, and to no other", () => {
    const jar = jarOf("shop.example.com", "a=1; Path=/", "b=2=3; HttpOnly");
    expect(jar.header("shop.example.com")).toBe("a=1; b=2=3");
    expect(jar.header("other.example.com")).toBeUndefined();
  });

  it("go to all hosts of a domain that was named, and to no neighbour of it", () => {
    const jar = jarOf("shop.example.com", "a=1; Domain=.Example.com");
    expect(jar.header("www.example.com")).toBe("a=1");
    expect(jar.header("notexample.com")).toBeUndefined();
  });

  it("stay with their host where they name a domain of others", () => {
    const jar = jarOf("shop.example.com", "a=1; Domain=elsewhere.com");
    expect([jar.header("elsewhere.com"), jar.header("shop.example.com")]).toEqual([undefined, "a=1"]);
  });

  it.each([
    "Max-Age=0",
    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "max-age=-5; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
  ])("end with %s", (end) => {
    const jar = jarOf("shop.example.com", "a=1", "b=2", `a=; ${end}`);
    expect(jar.header("shop.example.com")).toBe("b=2");
  });
});

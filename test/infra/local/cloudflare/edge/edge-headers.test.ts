import { describe, expect, it } from "vitest";
import {
  localResponseHeaders,
  realRequestHeaders,
} from "../../../../../infra/local/cloudflare/edge/edge-headers.ts";

const hosts = {
  port: 8787,
  knows: (host: string) => host === "shop.example.com" || host === "acme.queue-it.net",
};

describe("localResponseHeaders", () => {
  const local = (name: string, value: string) =>
    localResponseHeaders(new Headers([[name, value]]), hosts).get(name);

  it("maps a redirect to a host it knows", () => {
    expect(local("location", "https://acme.queue-it.net/?c=acme&t=https%3A%2F%2Fshop.example.com%2F")).toBe(
      "http://acme.queue-it.net.localhost:8787/?c=acme&t=https%3A%2F%2Fshop.example.com%2F",
    );
  });

  it("leaves a redirect to a host it does not know", () => {
    expect(local("location", "https://pay.example/")).toBe("https://pay.example/");
  });

  it("maps the encoded URL of an AJAX answer", () => {
    expect(local("x-queueit-redirect", encodeURIComponent("https://acme.queue-it.net/?c=a b"))).toBe(
      encodeURIComponent("http://acme.queue-it.net.localhost:8787/?c=a b"),
    );
  });

  it("leaves an AJAX answer that is not well encoded", () => {
    expect(local("x-queueit-redirect", "%E0%A4%A")).toBe("%E0%A4%A");
  });

  it.each([
    [
      "id=a%3Db; Domain=.example.com; Path=/; Secure; HttpOnly",
      "id=a%3Db; Domain=.example.com.localhost; Path=/; HttpOnly",
    ],
    ["id=1; Path=/; SameSite=None; Secure; Partitioned", "id=1; Path=/"],
    ["id=Secure; SameSite=Lax", "id=Secure; SameSite=Lax"],
  ])("makes the cookie %s work over http", (cookie, expected) => {
    expect(local("set-cookie", cookie)).toBe(expected);
  });

  it("keeps several cookies apart", () => {
    const headers = new Headers([
      ["set-cookie", "a=1; Secure"],
      ["set-cookie", "b=2; Secure"],
    ]);
    expect(localResponseHeaders(headers, hosts).getSetCookie()).toEqual(["a=1", "b=2"]);
  });
});

describe("realRequestHeaders", () => {
  const real = (headers: Record<string, string>) =>
    realRequestHeaders(new Headers(headers), "shop.example.com", "127.0.0.1", hosts);

  it("maps the URLs in Origin, Referer and the AJAX page header", () => {
    const page = "http://shop.example.com.localhost:8787/a?b=c";
    const headers = real({
      origin: new URL(page).origin,
      referer: page,
      "x-queueit-ajaxpageurl": encodeURIComponent(page),
    });
    expect(headers.get("origin")).toBe("https://shop.example.com");
    expect(headers.get("referer")).toBe("https://shop.example.com/a?b=c");
    expect(headers.get("x-queueit-ajaxpageurl")).toBe(encodeURIComponent("https://shop.example.com/a?b=c"));
  });

  it("takes the visitor's address from the connection only", () => {
    const headers = real({
      "cf-connecting-ip": "1.2.3.4",
      "cf-ipcountry": "XX",
      "x-forwarded-for": "5.6.7.8",
    });
    expect(headers.get("cf-connecting-ip")).toBe("127.0.0.1");
    expect(headers.get("cf-ipcountry")).toBeNull();
    expect(headers.get("x-forwarded-for")).toBe("5.6.7.8, 127.0.0.1");
  });

  it("tells the origin that the visitor came by https", () => {
    expect(real({}).get("x-forwarded-proto")).toBe("https");
  });
});

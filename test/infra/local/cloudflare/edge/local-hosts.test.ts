import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type LocalHosts,
  readHostHeader,
  toLocalUrl,
  toRealUrl,
} from "../../../../../infra/local/cloudflare/edge/local-hosts.ts";

const hosts: LocalHosts = {
  port: 8787,
  knows: (host) => host === "shop.example.com" || host === "acme.queue-it.net",
};

const knownHost = fc.constantFrom("shop.example.com", "acme.queue-it.net");
const rest = fc.oneof(
  fc.constant(""),
  fc.webPath().map((path) => `/${path}`),
  fc.string().map((text) => `/?q=${encodeURIComponent(text)}&Queueittoken=a~b`),
  fc.webFragments().map((fragment) => `/#${fragment}`),
);

describe("toLocalUrl", () => {
  it("gives a name under localhost at the edge's port", () => {
    const url = "https://shop.example.com/a%2Fb?c=+d";
    expect(toLocalUrl(url, hosts)).toBe("http://shop.example.com.localhost:8787/a%2Fb?c=+d");
  });

  it("is undone by toRealUrl, byte for byte", () => {
    fc.assert(
      fc.property(knownHost, rest, (host, after) => {
        const url = `https://${host}${after}`;
        expect(toLocalUrl(url, hosts)).not.toBe(url);
        expect(toRealUrl(toLocalUrl(url, hosts), hosts)).toBe(url);
      }),
    );
  });

  it("leads to a host that readHostHeader recognizes", () => {
    fc.assert(
      fc.property(knownHost, rest, (host, after) => {
        const header = new URL(toLocalUrl(`https://${host}${after}`, hosts)).host;
        expect(readHostHeader([header], hosts)).toEqual({ kind: "site", host });
      }),
    );
  });

  it.each([
    "https://elsewhere.example/",
    "https://shop.example.com.evil.example/",
    "https://shop.example.com:8443/",
    "https://user@shop.example.com/",
    "https://shop.example.com@evil.example/",
    "/only/a/path",
    "mailto:shop@shop.example.com",
  ])("leaves %s as it is", (url) => {
    expect(toLocalUrl(url, hosts)).toBe(url);
  });
});

describe("toRealUrl", () => {
  it.each([
    "http://elsewhere.example.localhost:8787/",
    "http://shop.example.com.localhost:9999/",
    "http://localhost:8787/",
    "https://shop.example.com/",
  ])("leaves %s as it is", (url) => {
    expect(toRealUrl(url, hosts)).toBe(url);
  });
});

describe("readHostHeader", () => {
  it.each(["localhost:8787", "127.0.0.1:8787", "[::1]:8787", "LOCALHOST:8787"])(
    "takes %s for the machine",
    (header) => {
      expect(readHostHeader([header], hosts)).toEqual({ kind: "machine" });
    },
  );

  it("takes none for foreign", () => {
    expect(readHostHeader([], hosts)).toEqual({ kind: "foreign" });
  });

  it.each([
    "",
    "evil.example:8787",
    "shop.example.com:8787",
    "shop.example.com.localhost",
    "shop.example.com.localhost:1",
    "localhost.evil.example:8787",
    "127.0.0.1.nip.io:8787",
    "192.168.0.7:8787",
  ])("takes %s for foreign", (header) => {
    expect(readHostHeader([header], hosts)).toEqual({ kind: "foreign" });
  });

  it("tells a name that nothing answers for", () => {
    expect(readHostHeader(["other.example.localhost:8787"], hosts)).toEqual({
      kind: "unknown",
      host: "other.example",
    });
  });

  const anything: LocalHosts = { port: 8787, knows: () => true };

  it.each([
    ["xn--a.example.com.localhost:8787"],
    ["a b.example.com.localhost:8787"],
    ["[.example.com.localhost:8787"],
    ["x@y.example.com.localhost:8787"],
    ["x^|.example.com.localhost:8787"],
    ["x/y?.example.com.localhost:8787"],
    ["localhost/?.example.com.localhost:8787"],
    ["x%2e.example.com.localhost:8787"],
    ["127.1.localhost:8787"],
    ["shop.example.com.localhost:8787", "shop.example.com.localhost:8787"],
  ])("takes %s for malformed", (...headers) => {
    expect(readHostHeader(headers, anything)).toEqual({ kind: "malformed" });
  });

  it("tells no site that a URL would read otherwise", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("xn--", "a", "1", ".", "/", "?", "#", "@", ":", "\\", "[", "%", "-", "_"))
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(name, (before) => {
        const read = readHostHeader([`${before}.localhost:8787`], anything);
        if (read.kind === "site") expect(new URL(`https://${read.host}/`).hostname).toBe(read.host);
      }),
      { numRuns: 1000 },
    );
  });
});

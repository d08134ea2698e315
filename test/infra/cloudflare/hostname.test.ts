import { describe, expect, it } from "vitest";
import { asciiHostname, hostnameProblem, zoneSpelling } from "../../../infra/cloudflare/hostname.ts";

describe("a hostname", () => {
  it.each([
    ["shop.zajęzyk.pl", "shop.xn--zajzyk-y4a.pl"],
    ["shop.ZAJĘZYK.pl", "shop.xn--zajzyk-y4a.pl"],
    ["shop.xn--zajzyk-y4a.pl", "shop.xn--zajzyk-y4a.pl"],
    ["ｓhop。example。com", "shop.example.com"],
    ["ſhop.example.com", "shop.example.com"],
    ["straße.de", "xn--strae-oqa.de"],
  ])("is one, however it is written: %s", (written, ascii) => {
    expect(hostnameProblem(written)).toBeUndefined();
    expect(asciiHostname(written)).toBe(ascii);
    expect(asciiHostname(ascii)).toBe(ascii);
  });

  it.each([
    ["shop.example.com.", "ends with a dot"],
    ["shop.example.com。", "ends with a dot"],
    ["shop.example.com:443", "has a port"],
    ["shop.example.com\n", "invisible"],
    ["shop.example\u200b.com", "invisible"],
    ["shop.exam\u00adple.com", "invisible"],
    ["\ufeffshop.example.com", "invisible"],
    ["shop.example.com\u00a0", "invisible"],
    ["%73hop.example.com", "percent sign"],
    ["xn--a.example.com", "not valid punycode"],
    ["xn--shop-.example.com", "not valid punycode"],
    ["0x7f.1", "not a valid hostname"],
    [`${"x".repeat(60)}ę.pl`, "not a valid hostname"],
    [`${"ę.".repeat(80)}pl`, "not a valid hostname"],
  ])("is refused with the reason: %j", (written, reason) => {
    expect(hostnameProblem(written)?.what).toContain(reason);
  });
});

it("a zone is looked up in its own letters, because Cloudflare has no other name for it", () => {
  expect(zoneSpelling("xn--zajzyk-y4a.pl")).toBe("zajęzyk.pl");
  expect(zoneSpelling("example.com")).toBe("example.com");
});

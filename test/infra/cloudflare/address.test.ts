import { expect, it } from "vitest";
import { asciiAddress } from "../../../infra/cloudflare/address.ts";

it.each([
  ["https://API.zajęzyk.pl/a?b=ę", "https://api.xn--zajzyk-y4a.pl/a?b=%C4%99"],
  ["https://shop.example.com", "https://shop.example.com"],
  ["https://shop.example.com/", "https://shop.example.com/"],
  ["https://Shop.example.com:443?x", "https://shop.example.com/?x"],
])("an address has one spelling: %s", (written, expected) => {
  expect(asciiAddress(written)).toBe(expected);
  expect(asciiAddress(expected)).toBe(expected);
});

import { expect, it } from "vitest";
import { respelt } from "../../../infra/queue-it/respelt.ts";

it.each([
  ["/tickets", "/%74ickets"],
  ["https://shop.pl/event", "https://shop.pl/%65vent"],
  ["//shop.pl/event", "//shop.pl/%65vent"],
  ["/%C3%B6l", "/%C3%B6%6c"],
  ["https://shop.pl", "https://shop.pl"],
  ["/", "/"],
])("another spelling of %s is %s", (address, other) => {
  expect(respelt(address)).toBe(other);
});

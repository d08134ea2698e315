import { expect, it } from "vitest";
import { capped, fillAddress } from "../../../worker/validation/remote-call.ts";

it("fills the places of an address with encoded values, each as often as it is named", () => {
  expect(fillAddress("https://a.example/{one}/{two}?again={one}", { one: "a/b c", two: "ü" })).toBe(
    "https://a.example/a%2Fb%20c/%C3%BC?again=a%2Fb%20c",
  );
});

it("leaves a place that it has no value for, and one that is no place", () => {
  expect(fillAddress("https://a.example/{other}/{}/{one two}", { one: "1" })).toBe(
    "https://a.example/{other}/{}/{one two}",
  );
});

it("fills a place with nothing where the value is empty", () => {
  expect(fillAddress("https://a.example/{one}/", { one: "" })).toBe("https://a.example//");
});

it("cuts what is longer than 2,048 characters, and nothing else", () => {
  expect(capped("x".repeat(2048))).toHaveLength(2048);
  expect(capped(`${"x".repeat(2047)}yz`)).toBe(`${"x".repeat(2047)}y`);
  expect(capped("")).toBe("");
});

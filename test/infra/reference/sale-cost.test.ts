import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { charged, saleCost } from "../../../infra/reference/sale-cost.ts";

const SALE = { visitors: 1_000_000, pages: 10, filesOfPage: 30, hours: 1, publishes: 4 };

describe("the cost of a sale", () => {
  it("is two requests to get in and one for each page, where files are bypassed", () => {
    expect(saleCost(SALE, "bypassed")).toMatchObject({ requests: 12_000_000, cpuMs: 12_000_000 });
  });

  it("has one request more for each file that goes through the Worker", () => {
    expect(saleCost(SALE, "through the Worker").requests).toBe(312_000_000);
  });

  it("reads KV by the minute and the isolate, however many visitors come", () => {
    const few = saleCost({ ...SALE, visitors: 1 }, "bypassed");
    expect(saleCost(SALE, "bypassed").kvReads).toBe(few.kvReads);
    expect(few).toMatchObject({ kvReads: 122_000, kvWrites: 10 });
  });

  it("is what is above the plan: 2 million requests at 0.30 USD a million", () => {
    expect(saleCost(SALE, "bypassed").usd).toBeCloseTo(0.6);
  });

  it("is nothing for the half million visitors of the README's sentence", () => {
    const { usd } = saleCost({ ...SALE, visitors: 500_000, hours: 4 }, "bypassed");
    expect(readFileSync(new URL("../../../README.md", import.meta.url), "utf8")).toContain(
      "500,000 visitors usually stays within Cloudflare's Workers Paid plan",
    );
    expect(usd).toBe(0);
  });

  it("is nothing up to what the plan includes", () => {
    const price = { included: 10, perMillionUsd: 1e6 };
    expect([9, 10, 12].map((amount) => charged(amount, price))).toEqual([0, 0, 2]);
  });
});

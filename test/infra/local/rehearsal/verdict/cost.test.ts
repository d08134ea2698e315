import { expect, it } from "vitest";
import { costOf, saleMs } from "../../../../../infra/local/rehearsal/verdict/cost.ts";
import { counts, MINUTE, rehearsalOf, rehearsalWith, SCENARIO } from "../rehearsals.ts";

const line = (rehearsal: ReturnType<typeof rehearsalWith>, what: string) =>
  costOf(rehearsal).lines.find((one) => one.what === what);

it("charges what the Worker saw, scaled to the real sale, and not what went past it", () => {
  // 4,000 of the 6,000 requests, five times as many visitors.
  expect(line(rehearsalWith(), "requests to the Worker")).toMatchObject({
    amount: 20_000,
    aboveIncludedUsd: 0,
  });
});

it("charges only what is above the included amount, and says what it is without that", () => {
  const requests = counts({ toWaitingRoom: 4_000_000 });
  const found = line(rehearsalOf({ realVisitors: 5000 }, { requests }), "requests to the Worker");
  expect(found?.amount).toBe(20_000_000);
  expect(found?.aboveIncludedUsd).toBeCloseTo(3);
  expect(found?.atMostUsd).toBeCloseTo(6);
});

it("scales CPU like requests", () => {
  expect(line(rehearsalWith({ cpuMs: 4000 }), "CPU milliseconds")?.amount).toBe(20_000);
});

it("says what of it is no measurement", () => {
  expect(costOf(rehearsalWith()).estimated.join(" ")).toMatch(/times 5: .*is assumed\.$/);
});

it("costs nothing where nobody came", () => {
  expect(line(rehearsalOf({ visitors: 0 }), "requests to the Worker")?.amount).toBe(0);
});

it("takes as long as the visitors of the real sale, let in as fast as those of the rehearsal", () => {
  // 900 of 1,000 queued, so 4,500 of 5,000 would; 100 a minute are allowed, of whom 90 came.
  expect(saleMs(rehearsalWith()) / MINUTE).toBeCloseTo(45);
});

it("knows by what was seen that several waiting rooms let in more than one", () => {
  const timeline = rehearsalWith().timeline.map((moment) => ({ ...moment, letIn: 300, inLine: 900 }));
  const queued = (300 * 10 + 900) * 5;
  expect(saleMs(rehearsalWith({ timeline })) / MINUTE).toBeCloseTo(queued / 300);
});

it("takes no time where nobody is let in", () => {
  const timeline = rehearsalWith().timeline.map((moment) => ({ ...moment, letIn: 0 }));
  expect(saleMs({ scenario: { ...SCENARIO, outflow: 0 }, timeline, momentMs: MINUTE })).toBe(0);
});

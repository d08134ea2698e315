import { describe, expect, it } from "vitest";
import { parseCron } from "../../../../infra/local/cloudflare/cron.ts";

describe("parseCron", () => {
  it.each([
    ["every minute", "* * * * *", "2026-11-23T20:07:00Z", true],
    ["a step", "*/5 * * * *", "2026-11-23T20:05:00Z", true],
    ["between steps", "*/5 * * * *", "2026-11-23T20:07:00Z", false],
    ["a step from a number to the end", "7/10 * * * *", "2026-11-23T20:57:00Z", true],
    ["a step within a range", "10-20/5 * * * *", "2026-11-23T20:25:00Z", false],
    ["a list", "1,7 * * * *", "2026-11-23T20:07:00Z", true],
    ["an hour in UTC", "0 20 * * *", "2026-11-23T22:00:00+02:00", true],
    ["a month by name", "0 0 1 NOV *", "2026-11-01T00:00:00Z", true],
    ["Sunday as 1", "0 0 * * 1", "2026-11-22T00:00:00Z", true],
    ["a weekday by name, in lower case", "0 0 * * mon-fri", "2026-11-23T00:00:00Z", true],
    ["the weekend", "0 0 * * MON-FRI", "2026-11-22T00:00:00Z", false],
    ["either of two days: by its number", "0 0 13 * FRI", "2026-10-13T00:00:00Z", true],
    ["either of two days: by its weekday", "0 0 13 * FRI", "2026-10-16T00:00:00Z", true],
    ["the last day of a month", "0 0 L * *", "2028-02-29T00:00:00Z", true],
    ["the day before the last", "0 0 L * *", "2028-02-28T00:00:00Z", false],
    ["the last working day", "0 0 LW * *", "2026-10-30T00:00:00Z", true],
    ["the working day nearest to a Sunday", "0 0 15W * *", "2026-11-16T00:00:00Z", true],
    ["the working day nearest to Saturday the 1st", "0 0 1W * *", "2026-08-03T00:00:00Z", true],
    ["the last Friday", "0 0 * * 6L", "2026-11-27T00:00:00Z", true],
    ["the last Friday but one", "0 0 * * FRIL", "2026-11-20T00:00:00Z", false],
    ["the second Monday", "0 0 * * MON#2", "2026-11-09T00:00:00Z", true],
    ["the third Monday", "0 0 * * 2#2", "2026-11-16T00:00:00Z", false],
  ])("decides %s", (_, cron, minute, expected) => {
    expect(parseCron(cron)?.(new Date(minute))).toBe(expected);
  });
});

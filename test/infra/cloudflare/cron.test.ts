import { describe, expect, it } from "vitest";
import { parseCron } from "../../../infra/cloudflare/cron.ts";

/**
 * Whether Cloudflare takes an expression: what validation and the local Cloudflare said when each had its own
 * parser.
 */
const VERDICTS: readonly (readonly [
  expression: string,
  validation: "taken" | "refused",
  local: "taken" | "refused",
  isTaken: boolean,
])[] = [
  ["* * * * *", "taken", "taken", true],
  ["*/5 * * * *", "taken", "taken", true],
  ["0,30 8-18/2 1-15 JAN,aug mon-fri", "taken", "taken", true],
  ["59 23 LW * *", "taken", "taken", true],
  ["0 18 * * friL", "taken", "taken", true],
  ["0 0 * * mon#2", "taken", "taken", true],
  ["0 0 15W * *", "taken", "taken", true],
  // Saturday is the week's last day.
  ["0 0 * * L", "taken", "refused", true],
  // Nothing but the field's width counts for a step.
  ["0 */30 * * *", "refused", "taken", false],
  ["*/60 * * * *", "refused", "taken", false],
  ["0 0 */31 * *", "taken", "taken", false],
  ["0 0 1 */12 *", "taken", "taken", false],
  ["0 0 * * */7", "taken", "taken", false],
  ["*/0 * * * *", "refused", "refused", false],
  ["*/59 */23 */30 */11 */6", "taken", "taken", true],
  // Ranges go over the end, as in Quartz.
  ["0 22-2 * * *", "refused", "refused", true],
  ["0 0 * * FRI-SUN", "refused", "refused", true],
  ["0 0 L-3 * *", "refused", "refused", true],
  ["0 0 L-3W * *", "refused", "refused", true],
  ["0 0 L-31 * *", "refused", "refused", false],
  // L, W and # stand alone, and L and W in upper case.
  ["0 0 l * *", "taken", "taken", false],
  ["0 0 15w * *", "taken", "taken", false],
  ["0 0 * * 6l", "taken", "taken", false],
  ["0 0 L,15 * *", "taken", "taken", false],
  ["0 0 1,15W * *", "taken", "taken", false],
  ["0 0 * * MON#1,FRI#3", "taken", "taken", false],
  ["0 0 * * SUN#6", "refused", "refused", false],
  ["0 0 32W * *", "refused", "refused", false],
  ["L * * * *", "refused", "refused", false],
  // A * is not in a list, unless behind a comma.
  ["*,5 * * * *", "taken", "taken", false],
  ["*-5 * * * *", "refused", "refused", false],
  ["5,* * * * *", "taken", "taken", true],
  ["*/15,7 * * * *", "taken", "taken", true],
  // Blanks separate, and are nowhere else.
  ["*  *\t* * *", "refused", "taken", true],
  ["*/5 * * * * ", "refused", "taken", false],
  [" */5 * * * *", "refused", "taken", false],
  ["*\n* * * *", "refused", "taken", false],
  ["000 0 0015 * *", "refused", "taken", true],
  ["0 0 * * 0", "refused", "refused", false],
  ["0 0 * * 8", "refused", "refused", false],
  ["0 0 1 * ?", "refused", "refused", false],
  ["0 0 * JANUARY *", "refused", "refused", false],
  ["0 0 * * mo", "refused", "refused", false],
  ["60 * * * *", "refused", "refused", false],
  ["* 24 * * *", "refused", "refused", false],
  ["* * 0 * *", "refused", "refused", false],
  ["* * * 13 *", "refused", "refused", false],
  ["5- * * * *", "refused", "refused", false],
  [", * * * *", "refused", "refused", false],
  ["*/5/5 * * * *", "refused", "refused", false],
  ["1e1 * * * *", "refused", "refused", false],
  ["@daily", "refused", "refused", false],
  ["* * * *", "refused", "refused", false],
  ["* * * * * *", "refused", "refused", false],
  ["", "refused", "refused", false],
];

describe("parseCron", () => {
  it.each(VERDICTS)(
    "reads %j (validation: %s, local Cloudflare: %s, before)",
    (expression, _1, _2, isTaken) => {
      expect(parseCron(expression).ok).toBe(isTaken);
    },
  );

  it.each([
    ["0 24 * * *", "has an hour that is not within 0 to 23"],
    ["0 0 * * 0", "has a weekday that is not within 1 (SUN) to 7 (SAT)"],
    ["0 */30 * * *", "has an hour with a step that is not within 1 to 23"],
    ["*,5 * * * *", "has a minute with more than *"],
    ["* * * *", "does not have five fields"],
    [" * * * * *", "begins or ends with white space"],
    [`${"0,".repeat(200)}0 * * * *`, "is longer than 400 characters"],
  ])("says of %j that it %s", (expression, problem) => {
    expect(parseCron(expression)).toMatchObject({ ok: false, problem });
  });

  it.each([
    ["0 0 l * *", "write one of L, L-3, LW, L-3W and 15W, alone and in upper case"],
    [
      "0 0 * * MON#1,FRI#3",
      "write one of L (Saturday), 6L (the last Friday) and 6#2 (the second), alone and L in upper case",
    ],
    ["0 0 ? * MON", "write * instead of ?"],
  ])("says what to write instead of %j", (expression, remedy) => {
    expect(parseCron(expression)).toMatchObject({ ok: false, remedy });
  });
});

const MINUTE = 60_000;

/** The first minutes after a time that a schedule runs in, within 100 days. */
function nextRuns(expression: string, after: string, count: number): readonly string[] {
  const parsed = parseCron(expression);
  if (!parsed.ok) throw new Error(parsed.problem);
  const start = new Date(after).getTime();
  const runs: string[] = [];
  for (let time = start + MINUTE; runs.length < count && time < start + 100 * 1440 * MINUTE; time += MINUTE)
    if (parsed.runsAt(new Date(time))) runs.push(new Date(time).toISOString().slice(5, 16));
  return runs;
}

describe("a schedule", () => {
  it.each([
    ["every minute", "* * * * *", ["11-23T20:08", "11-23T20:09", "11-23T20:10"]],
    ["a step", "*/25 * * * *", ["11-23T20:25", "11-23T20:50", "11-23T21:00"]],
    ["a step from a number to the end", "7/30 * * * *", ["11-23T20:37", "11-23T21:07", "11-23T21:37"]],
    ["a step within a range", "10-20/5 * * * *", ["11-23T20:10", "11-23T20:15", "11-23T20:20"]],
    ["a step in a list", "*/30,7 * * * *", ["11-23T20:30", "11-23T21:00", "11-23T21:07"]],
    ["a list", "1,9 * * * *", ["11-23T20:09", "11-23T21:01", "11-23T21:09"]],
    [
      "* behind a comma, which is the lowest number",
      "30,* * * * *",
      ["11-23T20:30", "11-23T21:00", "11-23T21:30"],
    ],
    ["a range", "0 8-9 * * *", ["11-24T08:00", "11-24T09:00", "11-25T08:00"]],
    ["a range over midnight", "0 23-1 * * *", ["11-23T23:00", "11-24T00:00", "11-24T01:00"]],
    ["a step over midnight", "0 20-4/4 * * *", ["11-24T00:00", "11-24T04:00", "11-24T20:00"]],
    ["an hour in UTC", "0 21 * * *", ["11-23T21:00", "11-24T21:00", "11-25T21:00"]],
    ["a month by name", "0 0 1 DEC,feb *", ["12-01T00:00", "02-01T00:00"]],
    ["a range of months over the year", "0 0 1 DEC-JAN *", ["12-01T00:00", "01-01T00:00"]],
    ["Sunday as 1", "0 0 * * 1", ["11-29T00:00", "12-06T00:00", "12-13T00:00"]],
    ["Saturday as 7", "0 0 * * 7", ["11-28T00:00", "12-05T00:00", "12-12T00:00"]],
    ["weekdays by name", "0 0 * * tue-THU", ["11-24T00:00", "11-25T00:00", "11-26T00:00"]],
    ["a weekend over the week's end", "0 0 * * FRI-SUN", ["11-27T00:00", "11-28T00:00", "11-29T00:00"]],
    ["every second weekday", "0 0 * * */2", ["11-24T00:00", "11-26T00:00", "11-28T00:00"]],
    ["the week's last day", "0 0 * * L", ["11-28T00:00", "12-05T00:00", "12-12T00:00"]],
    ["the last Friday", "0 0 * * 6L", ["11-27T00:00", "12-25T00:00", "01-29T00:00"]],
    ["the last Friday by name", "0 0 * * friL", ["11-27T00:00", "12-25T00:00", "01-29T00:00"]],
    ["the second Monday", "0 0 * * MON#2", ["12-14T00:00", "01-11T00:00", "02-08T00:00"]],
    ["a fifth Tuesday, where there is one", "0 0 * * 3#5", ["12-29T00:00"]],
    ["either of two days", "0 0 13 * FRI", ["11-27T00:00", "12-04T00:00", "12-11T00:00", "12-13T00:00"]],
    ["the last day", "0 0 L * *", ["11-30T00:00", "12-31T00:00", "01-31T00:00", "02-28T00:00"]],
    ["the third before the last day", "0 0 L-3 * *", ["11-27T00:00", "12-28T00:00", "01-28T00:00"]],
    ["the last working day", "0 0 LW * *", ["11-30T00:00", "12-31T00:00", "01-29T00:00", "02-26T00:00"]],
    [
      "the working day nearest to the day before the last",
      "0 0 L-1W * *",
      ["11-30T00:00", "12-30T00:00", "01-29T00:00"],
    ],
    ["the working day nearest to the 15th", "0 0 15W * *", ["12-15T00:00", "01-15T00:00", "02-15T00:00"]],
    [
      "the working day nearest to a Saturday and a Sunday",
      "0 0 26W * *",
      ["11-26T00:00", "12-25T00:00", "01-26T00:00"],
    ],
    ["a working day that not every month has", "0 0 31W * *", ["12-31T00:00", "01-29T00:00"]],
  ])("runs at %s", (_, expression, expected) => {
    expect(nextRuns(expression, "2026-11-23T20:07:00Z", expected.length)).toEqual(expected);
  });

  it("does not go into the month before for the working day nearest to a Saturday, the 1st", () => {
    expect(nextRuns("0 0 1W * *", "2026-07-30T00:00:00Z", 1)).toEqual(["08-03T00:00"]);
  });

  it("knows the last day of a leap year's February", () => {
    expect(nextRuns("0 0 L 2 *", "2028-02-01T00:00:00Z", 2)).toEqual(["02-29T00:00"]);
  });

  it("does not run on days that no month has", () => {
    expect(nextRuns("0 0 31 2 *", "2027-01-01T00:00:00Z", 1)).toEqual([]);
  });
});

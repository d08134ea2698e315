import { describe, expect, it } from "vitest";
import { cronFault } from "../../../../infra/environments/definition/cron.ts";

describe("a cron expression", () => {
  it.each([
    "* * * * *",
    "*/5 * * * *",
    "0,30 8-18/2 1-15 JAN,aug mon-fri",
    "0 17 * * sun",
    "0 18 * * 6L",
    "0 18 * * friL",
    "59 23 LW * *",
    "0 0 15W * 2#1",
    "0 0 L * *",
  ])("may be %s", (expression) => {
    expect(cronFault(expression)).toBeUndefined();
  });

  it.each([
    "",
    "* * * *",
    "* * * * * *",
    "*  * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 0",
    "* * * * 8",
    "5-1 * * * *",
    "5- * * * *",
    "*/0 * * * *",
    "*/5/5 * * * *",
    ", * * * *",
    "* * * * mo",
    "L * * * *",
    "@daily",
    "1e1 * * * *",
  ])("is refused when it is %j", (expression) => {
    expect(cronFault(expression)?.code).toBe("cron");
  });
});

import { describe, expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

const problems = (from: string, until: string, why = "Sale") =>
  problemsOf({ ...SOUND, freeze: [{ from, until, why }] });

describe("a freeze", () => {
  it.for([
    ["2026-11-27T00:00Z", "2026-11-28T00:00Z"],
    ["2026-11-27T00:00+01:00", "2026-11-27T00:00Z"],
    ["2026-11-27T23:59:59-08:00", "2026-11-28T08:00Z"],
  ])("may be from %s until %s", ([from = "", until = ""]) => {
    expect(problems(from, until)).toEqual([]);
  });

  it.for([
    ["2026-11-28T00:00Z", "2026-11-27T00:00Z"],
    ["2026-11-27T00:00Z", "2026-11-27T00:00Z"],
    ["2026-11-27T00:00Z", "2026-11-27T01:00+01:00"],
  ])("is refused from %s until %s, which is no time at all", ([from = "", until = ""]) => {
    expect(problems(from, until)).toEqual(["error staging freeze[0].until freeze-order"]);
  });

  it.for(["2026-11-27", "2026-11-27T00:00", "27.11.2026", "2026-11-31T00:00Z", "2026-11-27T24:30Z", ""])(
    "is refused with the moment %j",
    (moment) => {
      expect(problems(moment, "2027-01-01T00:00Z")).toEqual(["error staging freeze[0].from moment"]);
    },
  );

  it.for(["", " ", "x".repeat(201)])("is refused with the reason %j", (why) => {
    expect(problems("2026-11-27T00:00Z", "2026-11-28T00:00Z", why)).toEqual([
      "error staging freeze[0].why freeze-reason",
    ]);
  });
});

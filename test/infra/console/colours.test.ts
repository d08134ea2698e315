import { describe, expect, it } from "vitest";
import { lookOf } from "../../../infra/console/colours.ts";

const TERMINAL = { isTTY: true, columns: 60 };
const PIPE = {};

describe("colours", () => {
  it.each([
    ["are for terminals", TERMINAL, {}, true],
    ["are not for pipes and files, also where Node tells nothing of them", PIPE, {}, false],
    ["are not for a log of a CI", PIPE, { CI: "true" }, false],
    ["are not for a terminal without any", TERMINAL, { TERM: "dumb" }, false],
    ["are left out with NO_COLOR", TERMINAL, { NO_COLOR: "1" }, false],
    ["stay with an empty NO_COLOR", TERMINAL, { NO_COLOR: "" }, true],
    ["are forced by FORCE_COLOR", PIPE, { FORCE_COLOR: "1" }, true],
    ["are forced by any word in FORCE_COLOR", PIPE, { FORCE_COLOR: "true" }, true],
    ["are left out with FORCE_COLOR=0", TERMINAL, { FORCE_COLOR: "0" }, false],
    ["are left out with FORCE_COLOR=false", TERMINAL, { FORCE_COLOR: "false" }, false],
    ["are not forced by an empty FORCE_COLOR", PIPE, { FORCE_COLOR: "" }, false],
    ["are left out where both are set", TERMINAL, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ])("%s", (_, output, variables, colours) => {
    expect(lookOf(output, variables).colours).toBe(colours);
  });
});

describe("columns", () => {
  it.each([
    ["are the terminal's", TERMINAL, {}, 60],
    ["are 80 where there is no terminal", PIPE, {}, 80],
    ["are 80 where a terminal does not know its size", { isTTY: true, columns: 0 }, {}, 80],
    ["are those of COLUMNS before all", TERMINAL, { COLUMNS: "100" }, 100],
    ["are those of COLUMNS in a pipe, too", PIPE, { COLUMNS: "40" }, 40],
    ["are not those of a COLUMNS that is no number", TERMINAL, { COLUMNS: "wide" }, 60],
    ["are not none", TERMINAL, { COLUMNS: "0" }, 60],
  ])("%s", (_, output, variables, columns) => {
    expect(lookOf(output, variables).columns).toBe(columns);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readState, writeState } from "../../../../infra/local/state/state-file.ts";
import { anyState } from "./arbitrary.ts";
import { stateTitled } from "./states.ts";

describe("a state file", () => {
  it("gives back whatever state was written", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(readState(writeState(state))).toEqual(state);
      }),
      { numRuns: 50 },
    );
  });

  it("is refused when any part of its end is missing", () => {
    const whole = writeState(stateTitled("any")).trimEnd();
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
        expect(readState(whole.slice(0, length))).toBeUndefined();
      }),
    );
  });

  it.each([
    ["other JSON", '{"version":4,"terraform_version":"1.11.4"}'],
    ["a later format", writeState(stateTitled("any")).replace("state 1", "state 2")],
    ["no JSON", "resource {}"],
  ])("is refused when it is %s", (_what, text) => {
    expect(readState(text)).toBeUndefined();
  });
});

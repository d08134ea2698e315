import { describe, expect, it } from "vitest";
import { baseProblem } from "../../../../infra/configuration/push/base.ts";
import { noteOf, noteText, readNote } from "../../../../infra/configuration/push/pulled-note.ts";

const held = (Version: number, name = "Sale") => {
  const configuration = { Version, Integrations: [], Description: name };
  return { configuration, json: JSON.stringify(configuration) };
};

describe("a file may replace what is live", () => {
  it("where that is what it was pulled from", () => {
    expect(baseProblem(held(9), held(3), noteOf("staging", held(3)), "staging")).toBeUndefined();
  });

  it("without a note, where its version is the live one", () => {
    expect(baseProblem(held(3, "Later"), held(3), undefined, "staging")).toBeUndefined();
  });

  it.each([
    ["a newer version is live", held(4), noteOf("staging", held(3)), "version 4 is live now"],
    ["an older version is live", held(2), noteOf("staging", held(3)), "older version 2 is live now"],
    [
      "another text of the same version is live",
      held(3, "Other"),
      noteOf("staging", held(3)),
      "same version",
    ],
    ["it was pulled from elsewhere", held(3), noteOf("production", held(3)), "pulled from production"],
    ["there is no note and another version is live", held(4), undefined, "nobody knows what lies between"],
  ])("not where %s", (_what, live, note, told) => {
    expect(baseProblem(held(3), live, note, "staging")).toContain(told);
  });
});

it("a note is read as it was written, and anything else is none", () => {
  const note = noteOf("staging", held(3));
  expect(readNote(noteText(note))).toMatchObject(note);
  expect([readNote("{}"), readNote("nonsense")]).toEqual([undefined, undefined]);
});

import { expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

it("matching on the normalized URL needs the bundled Worker", () => {
  const normalized = { ...SOUND, queueIt: { ...SOUND.queueIt, matching: "normalized" } };
  expect(problemsOf(normalized)).toEqual([]);
  const worker = { source: "file", path: "vendor.js", format: "es-module" };
  expect(problemsOf({ ...normalized, worker }, { "vendor.js": "" })).toEqual([
    "error staging queueIt.matching matching-unsupported",
  ]);
  expect(problemsOf({ ...SOUND, worker }, { "vendor.js": "" })).toEqual([]);
});

import { expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

it("matching on the normalized URL needs the bundled Worker", () => {
  const normalized = { ...SOUND, queueIt: { ...SOUND.queueIt, matching: "normalized" } };
  expect(problemsOf(normalized)).toEqual([]);
  const worker = { source: "file", path: "vendor.js", format: "es-module" };
  expect(problemsOf({ ...normalized, worker }, { "vendor.js": "" })).toEqual([
    "error staging queueIt.matching matching-unsupported",
  ]);
  expect(problemsOf({ ...SOUND, worker }, { "vendor.js": "" })).toEqual([]);
});

it.each<[protect: readonly string[], places: readonly string[]]>([
  [["/event*"], ["sites[0].protect[0]"]],
  [
    ["/event*", "/koncert*"],
    ["sites[0].protect[0]", "sites[0].protect[1]"],
  ],
  [["/event*", "/*"], []],
  [["/*"], []],
  [["/"], []],
])("matching on the normalized URL works where the Worker sees it: %j", (protect, places) => {
  const sites = [{ ...SITE, protect, bypass: [] }];
  const narrow = { ...SOUND, sites };
  const told = problemsOf({ ...narrow, queueIt: { ...SOUND.queueIt, matching: "normalized" } });
  expect(told.filter((text) => text.endsWith(" matching-unseen"))).toEqual(
    places.map((place) => `warning staging ${place} matching-unseen`),
  );
  expect(problemsOf(narrow).join()).not.toContain("matching-unseen");
});

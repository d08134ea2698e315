import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemReport } from "../../../../infra/environments/definition/report.ts";
import { validateEnvironments } from "../../../../infra/environments/definition/validation.ts";
import { problemsOf, problemsOfAll } from "../problems.ts";
import { SITE, SOUND } from "../sound-environment.ts";

describe("validation", () => {
  it("collects the problems of all environments at once", () => {
    const files = [
      { name: "a", environment: { ...SOUND, accountId: "x", failure: "ajar" } },
      { name: "b", environment: null },
      { name: "c", environment: { ...SOUND, promotedFrom: "z" } },
    ];
    expect(problemsOfAll(files)).toEqual([
      "error a accountId account-id",
      "error a failure choice",
      "error b  structure",
      "error c promotedFrom promotion-unknown",
    ]);
  });

  it("finds what two properties say together although a third is malformed", () => {
    const sites = [{ ...SITE, hostname: "no host", protect: [`*${SITE.hostname}/*`] }];
    expect(problemsOf({ ...SOUND, sites })).toEqual([
      "error staging sites[0].hostname hostname",
      "error staging sites[0].protect[0] route-too-wide",
    ]);
  });

  it("always returns problems and never throws, whatever a file exports", () => {
    const anything = fc.anything({
      withBigInt: true,
      withNullPrototype: true,
      withMap: true,
      withDate: true,
    });
    const withKnownNames = fc.record(
      Object.fromEntries(
        Object.keys(SOUND).map((name) => [name, fc.oneof(anything, fc.constant(undefined))]),
      ),
      { requiredKeys: [] },
    );
    const withSites = anything.map((site) => ({ ...SOUND, sites: [site] }));
    fc.assert(
      fc.property(fc.oneof(anything, withKnownNames, withSites), (environment) => {
        const problems = validateEnvironments([{ name: "a", environment }], () => undefined);
        expect(problems.some(({ severity }) => severity === "error")).toBe(true);
        expect(problemReport(problems).split("\n")).toHaveLength(problems.length);
      }),
      { numRuns: 500 },
    );
  });
});

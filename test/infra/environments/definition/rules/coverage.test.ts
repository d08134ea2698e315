import { describe, expect, it } from "vitest";
import { problemReport } from "../../../../../infra/environments/definition/report.ts";
import { validateEnvironments } from "../../../../../infra/environments/definition/validation.ts";
import { problemsOf } from "../../problems.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

describe("the coverage of an environment", () => {
  const coverage = (expected: object) => problemsOf({ ...SOUND, coverage: expected });
  const page = (path: string) => `https://${SITE.hostname}${path}`;

  it("lists URLs of the environment's sites", () => {
    expect(
      coverage({ protected: [page("/?x=1")], bypassed: [page("/static/a.js")], ignored: [page("/about")] }),
    ).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["is a path", { protected: ["/tickets"] }, "protected[0] coverage-url"],
    ["is not https", { ignored: ["http://shop.tickets-and-more.dk/"] }, "ignored[0] coverage-url"],
    ["has a fragment", { bypassed: [page("/#top")] }, "bypassed[0] coverage-url"],
    ["has a password", { bypassed: ["https://a:b@shop.tickets-and-more.dk/"] }, "bypassed[0] coverage-url"],
    ["is on another site", { protected: ["https://other.dk/"] }, "protected[0] coverage-foreign-host"],
    [
      "is on another port",
      { protected: [`https://${SITE.hostname}:8443/`] },
      "protected[0] coverage-foreign-host",
    ],
    ["is there twice", { protected: [page("/")], ignored: [page("")] }, "ignored[0] coverage-twice"],
    ["is a list of something unknown", { portected: [] }, "portected unknown-property"],
  ])("is refused where an entry %s", (_name, expected, problem) => {
    expect(coverage(expected)).toEqual([`error staging coverage.${problem}`]);
  });

  it.each<[string, object, string]>([
    ["protected that no route takes", { protected: [page("/about")] }, "protected[0] coverage-not-protected"],
    [
      "protected that a bypass takes",
      { protected: [page("/static/x")] },
      "protected[0] coverage-not-protected",
    ],
    [
      "ignored that the Worker never sees",
      { ignored: [page("/about")] },
      "ignored[0] coverage-not-protected",
    ],
    ["bypassed that is protected", { bypassed: [page("/tickets?x")] }, "bypassed[0] coverage-not-bypassed"],
    [
      "protected, but for its query",
      { protected: [page("/sale?x=1")] },
      "protected[0] coverage-not-protected",
    ],
  ])("is refused where it promises a page as %s", (_what, expected, problem) => {
    const sites = [{ ...SITE, protect: ["/tickets*", "/sale", "/sale/*"], bypass: ["/static/*"] }];
    expect(
      problemsOf({ ...SOUND, sites, coverage: expected }).filter((line) => line.includes("coverage")),
    ).toEqual([`error staging coverage.${problem}`]);
  });

  it("says nothing of routes while one of them is no route pattern", () => {
    const sites = [{ ...SITE, protect: ["tickets"] }];
    const problems = problemsOf({ ...SOUND, sites, coverage: { protected: [page("/tickets")] } });
    expect(problems.filter((line) => line.includes("coverage"))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    [
      "a path",
      { protected: ["/tickets"] },
      'coverage.protected[0]: "/tickets" is not an address → write it in full',
    ],
    [
      "another scheme",
      { ignored: ["http://a.dk/"] },
      'coverage.ignored[0]: "http://a.dk/" is not an https address',
    ],
    [
      "a misspelt list",
      { portected: [] },
      "coverage.portected: is not a property that an environment has here → did you mean protected? (valid are protected, " +
        "bypassed, ignored)",
    ],
    [
      "a bare list",
      ["https://shop.tickets-and-more.dk/"],
      "coverage: is a list in square brackets → instead, write an object in curly brackets with protected, bypassed, ignored",
    ],
    [
      "a number",
      { protected: [3] },
      "coverage.protected[0]: 3 is a number → instead, write a text in quotes",
    ],
    [
      "another site",
      { protected: ["https://other.dk/"] },
      'coverage.protected[0]: "https://other.dk/" is on no site of this environment → use one of the sites\' hostnames: ' +
        SITE.hostname,
    ],
  ])("is refused with the value and the choices: %s", (_what, written, problem) => {
    const environment = { ...SOUND, coverage: written };
    expect(
      problemReport(validateEnvironments([{ name: "staging", environment }], () => undefined)),
    ).toContain(problem);
  });

  it("keeps a password in a URL to itself", () => {
    const environment = {
      ...SOUND,
      coverage: { protected: ["https://a:fake-password@shop.tickets-and-more.dk/"] },
    };
    expect(
      JSON.stringify(validateEnvironments([{ name: "staging", environment }], () => undefined)),
    ).not.toContain("fake-password");
  });
});

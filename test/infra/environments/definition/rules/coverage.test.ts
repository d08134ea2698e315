import { describe, expect, it } from "vitest";
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

  it("keeps a password in a URL to itself", async () => {
    const { validateEnvironments } =
      await import("../../../../../infra/environments/definition/validation.ts");
    const environment = {
      ...SOUND,
      coverage: { protected: ["https://a:fake-password@shop.tickets-and-more.dk/"] },
    };
    expect(
      JSON.stringify(validateEnvironments([{ name: "staging", environment }], () => undefined)),
    ).not.toContain("fake-password");
  });
});

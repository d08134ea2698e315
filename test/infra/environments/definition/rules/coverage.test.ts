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

  it("keeps a password in a URL to itself", async () => {
    const { validateEnvironments } =
      await import("../../../../../infra/environments/definition/validation.ts");
    const environment = {
      ...SOUND,
      coverage: { protected: ["https://a:fake-password@shop.tickets-and-more.dk/"] },
    };
    expect(JSON.stringify(validateEnvironments([{ name: "staging", environment }]))).not.toContain(
      "fake-password",
    );
  });
});

import { describe, expect, it } from "vitest";
import { problemsOf, problemsOfAll } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

const chained = (then: object) => problemsOf({ ...SOUND, worker: { source: "bundled", then } });
const [site] = SOUND.sites;
const bypass = (...entries: readonly unknown[]) =>
  problemsOf({ ...SOUND, sites: [{ ...site, protect: ["/*"], bypass: entries }] });

describe("a Worker behind the connector", () => {
  it("may be any other Worker", () => {
    expect(chained({ service: "shop-frontend" })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["not the connector itself", { service: SOUND.workerName }, "service chained-to-itself"],
    ["not a name that no Worker has", { service: "Shop Frontend" }, "service worker-name"],
    ["not without a name", {}, "service missing"],
    [
      "not an entry point, which Terraform's provider cannot bind",
      { service: "shop-frontend", entrypoint: "Checkout" },
      "entrypoint chained-entrypoint",
    ],
    ["nothing else", { service: "shop-frontend", timeout: 3 }, "timeout unknown-property"],
  ])("is %s", (_name, then, expected) => {
    expect(chained(then)).toEqual([`error staging worker.then.${expected}`]);
  });

  it("is not the connector of another environment in the same account", () => {
    const staging = { ...SOUND, worker: { source: "bundled", then: { service: "other" } } };
    const other = { ...SOUND, workerName: "other", sites: [{ ...site, hostname: "other.example.dk" }] };
    const problems = (accountId: string) =>
      problemsOfAll([
        { name: "production", environment: { ...other, accountId } },
        { name: "staging", environment: staging },
      ]);
    expect(problems(SOUND.accountId)).toContain("error staging worker.then.service chained-to-connector");
    expect(problems("9f".repeat(16))).toEqual([]);
  });

  it("cannot be behind a file from elsewhere", () => {
    const worker = { source: "file", path: "w.js", format: "es-module", then: { service: "shop-frontend" } };
    expect(problemsOf({ ...SOUND, worker }, { "w.js": "" })).toEqual([
      "error staging worker.then chained-file",
    ]);
  });
});

describe("a bypass to a Worker", () => {
  it("may be beside those to the origin", () => {
    expect(bypass("/static/*", { pattern: "/account/*", worker: "shop-frontend" })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["not the connector", { pattern: "/a/*", worker: SOUND.workerName }, ".worker chained-to-itself"],
    ["a name that a Worker can have", { pattern: "/a/*", worker: "A B" }, ".worker worker-name"],
    ["with its Worker", { pattern: "/a/*" }, ".worker missing"],
    ["a pattern that Cloudflare takes", { pattern: "/*.jpg", worker: "shop" }, ".pattern route-pattern"],
    ["nothing else", { pattern: "/a/*", worker: "shop", why: "" }, ".why unknown-property"],
    ["a text or an object", 7, " type"],
  ])("is %s", (_name, entry, expected) => {
    expect(bypass(entry)).toEqual([`error staging sites[0].bypass[0]${expected}`]);
  });

  it("is a bypass like any other: it must not swallow a protection", () => {
    expect(bypass({ pattern: "/*", worker: "shop" })).toEqual(bypass("/*"));
    expect(bypass("/*")).not.toEqual([]);
  });
});

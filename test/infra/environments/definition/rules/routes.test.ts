import { describe, expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

describe("a site", () => {
  const site = (changes: object) => problemsOf({ ...SOUND, sites: [{ ...SITE, ...changes }] });
  const host = SITE.hostname;

  it.each<[string, object, readonly string[]]>([
    ["matches foreign hosts", { protect: [`*${host}/*`] }, ["error protect[0] route-too-wide"]],
    [
      "matches every subdomain",
      { protect: ["/*", "*.tickets-and-more.dk/*"] },
      ["error protect[1] route-too-wide"],
    ],
    ["is on another host", { bypass: ["other.dk/static/*"] }, ["error bypass[0] route-foreign-host"]],
    ["is written twice", { bypass: ["/static/*", `${host}/static/*`] }, ["error bypass[1] route-duplicate"]],
    ["is both bypassed and protected", { bypass: ["/*"] }, ["error protect[0] route-both-ways"]],
    [
      "is swallowed by a bypass",
      { protect: ["/tickets/*"], bypass: ["/tickets*"] },
      ["error bypass[0] bypass-swallows-protection"],
    ],
    [
      "is swallowed by a bypass for each scheme",
      { bypass: [`http://${host}/*`, `https://${host}/*`] },
      ["error bypass[0] bypass-swallows-protection"],
    ],
    [
      "loses every URL to a wider one",
      { protect: ["/images*"], bypass: ["/images/*"] },
      ["warning bypass[0] bypass-without-effect"],
    ],
    [
      "is defeated by a query string",
      { protect: ["/tickets*", "/checkout"] },
      ["warning protect[1] route-without-wildcard"],
    ],
    ["is not there", { protect: [] }, ["error protect nothing-protected"]],
    [
      "is the only one and defeated by a query string",
      { protect: ["/checkout"] },
      ["warning protect[0] route-without-wildcard", "warning staging sites no-publish-address"],
    ],
  ])("is told when a route pattern %s", (_name, changes, expected) => {
    expect(site(changes).map((line) => line.replace(/staging sites\[0\]\.?\s*/, ""))).toEqual(expected);
  });

  it("needs no address to publish to when nobody publishes", () => {
    const environment = { ...SOUND, integrationConfiguration: { owner: "pull" } };
    expect(problemsOf({ ...environment, sites: [{ ...SITE, protect: ["/checkout"] }] })).toEqual([
      "warning staging sites[0].protect[0] route-without-wildcard",
    ]);
  });

  it("may bypass one scheme only, or a folder inside a protected one", () => {
    expect(site({ bypass: [`http://${host}/*`] })).toEqual([]);
    expect(site({ protect: ["/a*"], bypass: ["/a/static/*"] })).toEqual([]);
    expect(site({ protect: ["/*", "/static/checkout*"], bypass: ["/static/*"] })).toEqual([]);
  });
});

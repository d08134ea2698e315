import { describe, expect, it } from "vitest";
import { foreignRoutes } from "../../../infra/plan/drift/foreign-routes.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { SPEC } from "../specification/specs.ts";

const HOST = "shop.example.com";
const spec = {
  worker: { ...SPEC.worker, name: "queueit-connector" },
  routes: [
    { kind: "bypass", pattern: `${HOST}/static/*`, zone: { id: "z" } },
    { kind: "protect", pattern: `${HOST}/*`, zone: { id: "z" } },
  ],
} as const;

const found = (pattern: string, script?: string) =>
  foreignRoutes(spec, [{ id: "r1", pattern, script }]).map(({ sentence }) => plainText(sentence));

describe("a route that Terraform did not make", () => {
  it("is drift where it takes pages from the waiting room, with or without a Worker", () => {
    expect(found(`${HOST}/tickets*`)).toEqual([
      `Route added outside Terraform: ${HOST}/tickets* goes to no Worker and takes pages from ${HOST}/*`,
    ]);
    expect(found(`${HOST}/tickets*`, "ab-test")[0]).toContain("goes to ab-test");
  });

  it("is drift where it takes only some pages of a pattern, or a more specific one of ours keeps others", () => {
    const zone = { id: "z" };
    const own = (...patterns: readonly string[]) => ({
      ...spec,
      routes: patterns.map((pattern) => ({ kind: "protect" as const, pattern, zone })),
    });
    const theirs = (pattern: string) => [{ id: "r1", pattern, script: "seo" }];
    expect(foreignRoutes(own("*.example.com/tickets*"), theirs(`${HOST}/*`))).toHaveLength(1);
    expect(foreignRoutes(own(`${HOST}/tickets*`, `${HOST}/*`), theirs(`${HOST}/t*`))).toHaveLength(1);
    expect(foreignRoutes(own(`${HOST}/t*`, `${HOST}/*`), theirs(`${HOST}/t/*`))).toEqual([]);
  });

  it("is fixed by hand, since a deploy does not know it", () => {
    const [route] = foreignRoutes(spec, [{ id: "r1", pattern: `${HOST}/tickets*`, script: undefined }]);
    expect(route?.remedy).toMatch(
      /^delete the route shop\.example\.com\/tickets\* .* a deploy leaves it alone$/,
    );
  });

  it("is none where Cloudflare spells one of the environment's own in letters", () => {
    const zone = { id: "z" };
    const own = {
      ...spec,
      routes: [
        { kind: "bypass", pattern: "xn--zajzyk-y4a.pl/a/*", zone },
        { kind: "protect", pattern: "xn--zajzyk-y4a.pl/*", zone },
      ],
    } as const;
    expect(foreignRoutes(own, [{ id: "r1", pattern: "zajęzyk.pl/a/*", script: undefined }])).toEqual([]);
  });

  it.each([
    ["leads to the connector itself", `${HOST}/tickets*`, "queueit-connector"],
    ["is one of the environment's own", `${HOST}/static/*`, undefined],
    ["takes pages that were bypassed anyway", `${HOST}/static/more/*`, undefined],
    ["is on another host", "blog.example.com/*", undefined],
    ["is less specific than what protects", "*.example.com/*", undefined],
  ])("is none where it %s", (_what, pattern, script) => {
    expect(found(pattern, script)).toEqual([]);
  });
});

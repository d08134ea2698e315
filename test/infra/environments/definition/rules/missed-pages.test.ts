import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateEnvironments } from "../../../../../infra/environments/definition/validation.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

const HOST = SITE.hostname;

/** Code and remedy of each problem of a site with these routes; nobody publishes to it. */
function findings(routes: { readonly protect?: readonly string[]; readonly bypass?: readonly string[] }) {
  const environment = {
    ...SOUND,
    integrationConfiguration: { owner: "pull" },
    sites: [{ zoneId: (SITE as { zoneId: string }).zoneId, hostname: HOST, ...routes }],
  };
  return validateEnvironments([{ name: "staging", environment }], () => undefined);
}

const codes = (routes: Parameters<typeof findings>[0]) =>
  findings(routes).map(({ severity, code, path }) => `${severity} ${code} ${path.replace("sites[0].", "")}`);

describe("a protected pattern is told to miss pages", () => {
  it.each([
    ["the folder itself", "/tickets/*", "route-misses-folder", '"/tickets*"'],
    ["the folder itself, deeper", "/de/tickets/*", "route-misses-folder", '"/de/tickets*"'],
    ["a query string", "/tickets", "route-without-wildcard", '"/tickets*"'],
    ["all but one page of a folder", "/tickets/", "route-without-wildcard", '"/tickets*"'],
    ["the start page with a query string", "/", "route-without-wildcard", '"/*"'],
    ["http", `https://${HOST}/*`, "route-one-scheme", "remove https://"],
    ["https", `http://${HOST}/*`, "route-one-scheme", "remove http://"],
    ["other letter case", "/Tickets*", "route-case", 'add "/tickets*"'],
    ["the letters that browsers send", "/%74ickets*", "route-encoded", '"/tickets*"'],
    ["the other spelling of its encoded letters", "/caf%C3%A9*", "route-encoded", '"/caf*"'],
    ["every page, by its two slashes", "//tickets*", "route-odd-path", '"/tickets*"'],
    ["every page, by the host in its path", `/${HOST}/tickets*`, "route-odd-path", '"/tickets*"'],
  ])("%s: %s", (_what, pattern, code, remedy) => {
    const [found, ...more] = findings({ protect: [pattern] });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ severity: "warning", code });
    expect(found?.remedy).toContain(remedy);
  });

  it("and says so of every way at once", () => {
    expect(codes({ protect: [`https://${HOST}/Tickets/*`] })).toEqual([
      "warning route-misses-folder protect[0]",
      "warning route-one-scheme protect[0]",
      "warning route-case protect[0]",
    ]);
  });

  it("where a bypass that is about other pages takes them", () => {
    expect(codes({ protect: ["/tickets/*"], bypass: ["/*"] })).toEqual([
      "warning route-misses-folder protect[0]",
    ]);
  });
});

describe("a protected pattern is left alone", () => {
  it.each([
    [
      "another protects what it misses",
      { protect: ["/*", "/tickets/*", "/checkout", "/A/%41*", "/caf%C3%A9/*"] },
    ],
    ["its folder is bypassed by name", { protect: ["/tickets/*"], bypass: ["/tickets"] }],
    ["another one takes the folder", { protect: ["/tickets/*", "/tickets*"] }],
    ["both schemes are there", { protect: [`http://${HOST}/*`, `https://${HOST}/*`] }],
  ])("where %s", (_what, routes) => {
    expect(codes(routes).filter((line) => !line.includes("route-encoded protect[3]"))).toEqual([]);
  });

  it("once every remedy was followed", () => {
    const segment = fc.constantFrom("tickets", "Tickets", "caf%C3%A9", "%74ickets", "a");
    const pattern = fc
      .tuple(fc.array(segment, { maxLength: 2 }), fc.constantFrom("", "/", "*", "/*"))
      .map(([segments, end]) => `/${segments.join("/")}${end}`.replace("//", "/"));
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 3 }), (written) => {
        let protect: readonly string[] = written;
        for (let round = 0; round < 12; round++) {
          const found = findings({ protect }).filter(({ code }) => code.startsWith("route-"));
          const [first] = found.filter(({ severity }) => severity === "warning");
          if (first === undefined) return;
          const index = Number(/\[(\d+)\]$/.exec(first.path)?.[1]);
          const wanted = JSON.parse(/"[^"]*"/.exec(first.remedy)?.[0] ?? '""') as string;
          const added = first.remedy.includes(" add ") ? [...protect, wanted] : protect.with(index, wanted);
          protect = [...new Set(added)];
        }
        throw new Error(`It goes on for ever: ${JSON.stringify(written)} became ${JSON.stringify(protect)}`);
      }),
    );
  });
});

describe("a bypass", () => {
  it("is told to take pages that begin alike from the waiting room", () => {
    const [found] = findings({ bypass: ["/static*"] });
    expect(found).toMatchObject({ severity: "warning", code: "bypass-too-wide" });
    expect(found?.remedy).toContain('"/static/*"');
  });

  it.each(["/favicon.ico*", "/static/*", "/img-*", "/robots.txt", "/assets/app.js*"])(
    "is left alone where it is a folder, a file or the beginning of names: %s",
    (pattern) => {
      expect(codes({ bypass: [pattern] })).toEqual([]);
    },
  );

  it("is left alone where nothing is taken from the waiting room", () => {
    expect(codes({ protect: ["/tickets*"], bypass: ["/static*"] })).toEqual([]);
  });

  it("is told to have no effect where it is spelt as no browser does", () => {
    expect(codes({ bypass: ["/%73tatic/*"] })).toEqual(["warning route-encoded bypass[0]"]);
  });
});

it("names no hostname that nobody wrote where the site's own is faulty", () => {
  const routes = { protect: ["/event/*", "/a", "/a", "/b"], bypass: ["/b", "/event*"] };
  const environment = { ...SOUND, sites: [{ ...SITE, hostname: "not a host", ...routes }] };
  const files = ["staging", "production"].map((name) => ({ name, environment }));
  const problems = validateEnvironments(files, () => undefined);
  expect(problems).toContainEqual(expect.objectContaining({ path: "sites[0].hostname" }));
  expect(JSON.stringify(problems)).not.toContain(".invalid");
});

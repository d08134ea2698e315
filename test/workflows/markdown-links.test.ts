import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { PAGES } from "./documented-commands.ts";
import { anchorsOf, isPage, linkComplaint, linksOf } from "./markdown-links.ts";

const pages = PAGES.filter((page) => page.endsWith(".md") && !page.startsWith("test/fixtures/"));

describe("the links of the pages", () => {
  it("are found", () => {
    expect(pages.flatMap((page) => linksOf(page)).length).toBeGreaterThan(150);
  });

  it.each(pages)("lead somewhere from %s", (page) => {
    const broken = linksOf(page).map((link) => [link.target, linkComplaint(link)]);
    expect(broken.filter(([, why]) => why !== undefined)).toEqual([]);
  });

  it.each([
    ["[a](no-such.md)", "there is no docs/no-such.md"],
    ["[a](errors.md#no-such-code)", "docs/errors.md has no heading #no-such-code"],
    ["![a](images/no.png)", "there is no docs/images/no.png"],
    ["[a](../../elsewhere.md)", "leads out of the project"],
    ["[a](#nowhere)", "docs/ci.md has no heading #nowhere"],
  ])("would not pass if one were %s", (text, why) => {
    expect(linksOf("docs/ci.md", text).map(linkComplaint)).toEqual([why]);
  });

  it("are none in code", () => {
    expect(linksOf("docs/ci.md", "`[a](b.md)`\n\n```sh\n[a](b.md)\n```\n")).toEqual([]);
  });

  it("end in the anchors that GitHub makes", () => {
    const text = '# What `a` is, and why\n\n## sites[].hostname (owner: "pull")\n\n## Same\n\n## Same\n';
    expect(anchorsOf(text)).toEqual(["what-a-is-and-why", "siteshostname-owner-pull", "same", "same-1"]);
  });
});

describe("the map of the documentation", () => {
  it("leads to every page", () => {
    const mapped = linksOf("docs/README.md").map(({ target }) => join("docs", target.split("#", 1)[0] ?? ""));
    const wanted = pages.filter(
      (page) => /^docs\/(?:reference\/|\w+\/README\.md$|[^/]+$)/.test(page) && page !== "docs/README.md",
    );
    expect(wanted.length).toBeGreaterThan(25);
    expect(wanted.filter((page) => !mapped.includes(page))).toEqual([]);
  });
});

/** `docs/….md` where a text names it without a link: in code, messages, comments and pages. */
const NAMED = /(?<![\w/.-])(docs\/[\w/-]+\.md)(?:#([\w-]+))?/g;

describe("the pages that are named without a link", () => {
  const code = ["infra", "worker", "worker-hooks", "bench"].flatMap((folder) =>
    readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:ts|mjs|json)$/.test(name))
      .map((name) => join(folder, name)),
  );

  it.each([
    ["the code", code] as const,
    ["pages", PAGES.filter((page) => !page.startsWith("test/"))] as const,
  ])("in %s are there", (_, files) => {
    const named = files.flatMap((file) =>
      [...readFileSync(join(PACKAGE_ROOT, file), "utf8").matchAll(NAMED)].map(([, page = "", anchor]) => ({
        file,
        page,
        anchor,
      })),
    );
    expect(named.length).toBeGreaterThan(10);
    const missing = named.filter(({ page, anchor }) => {
      if (!isPage(page)) return true;
      const anchors = anchorsOf(readFileSync(join(PACKAGE_ROOT, page), "utf8"));
      return anchor !== undefined && !anchors.includes(anchor);
    });
    expect(missing).toEqual([]);
  });
});

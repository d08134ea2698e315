import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageLinks } from "../../../infra/init/page-links.ts";
import { staticFolders } from "../../../infra/init/static-folders.ts";

const HOST = "shop.tickets-and-more.dk";

function foldersIn(html: string, address = `https://${HOST}/`): readonly string[] {
  return staticFolders(pageLinks(html, new URL(address)), HOST).map(({ path }) => path);
}

describe("the static folders of a page", () => {
  it.each([
    [
      "scripts, styles and pictures",
      '<script src="/static/a.js"></script><img src="/img/b.png">',
      ["/static/", "/img/"],
    ],
    ["the widest folder with a usual name", '<script src="/assets/js/x/a.js"></script>', ["/assets/"]],
    [
      "a folder below one that holds pages",
      '<link rel=stylesheet href="/en/css/a.css"><a href="/en/tickets">',
      ["/en/css/"],
    ],
    [
      "an address in full, and one without a scheme",
      `<script src="https://${HOST}/js/a.js"></script><img src="//${HOST}/images/a.png">`,
      ["/js/", "/images/"],
    ],
    ["a path relative to the base", '<base href="/shop/"><script src="dist/a.js"></script>', ["/shop/dist/"]],
    ["every picture of a set", '<img srcset="/a/small.png 1x, /images/large.png 2x">', ["/images/"]],
    [
      "what the site itself loads from a folder of its own name",
      '<script src="/tam-cdn/a.js"></script>',
      ["/tam-cdn/"],
    ],
    ["an icon at the root", '<link rel="icon" href="/favicon.ico">', ["/favicon.ico"]],
    ["a page that ends in the middle", '<script src="/static/a.js"></script><img src="/im', ["/static/"]],
    [
      "a download, which is no page",
      '<script src="/media/a.js"></script><a href="/media/terms.pdf">',
      ["/media/"],
    ],
  ])("are found in %s", (_, html, expected) => {
    expect(foldersIn(html)).toEqual(expected);
  });

  it.each([
    ["another host's", '<script src="https://cdn.tickets-and-more.dk/static/a.js"></script>'],
    ["another port's", `<script src="https://${HOST}:8443/static/a.js"></script>`],
    [
      "a picture's folder with a name of its own, which a visitor may have written",
      '<img src="/checkout2/a.png">',
    ],
    ["a script's folder that programs answer", '<script src="/api/config.js"></script>'],
    [
      "one that something else than a file is loaded from",
      '<img src="/images/a.png"><img src="/images/resize?id=3">',
    ],
    ["one that a link leads into", '<script src="/media/a.js"></script><a href="/media/press">'],
    ["one that is a page itself", '<script src="/media/a.js"></script><a href="/media">'],
    ["one that a form is sent into", '<script src="/media/a.js"></script><form action="/media/search">'],
    ["one that a frame shows", '<script src="/media/a.js"></script><iframe src="/media/map"></iframe>'],
    [
      "one that a link leads into in another case",
      '<script src="/media/a.js"></script><a href="/Media/press">',
    ],
    ["one that a link leads into encoded", '<script src="/media/a.js"></script><a href="/%6dedia/press">'],
    [
      "one that a link leads into with a slash too many",
      '<script src="/media/a.js"></script><a href="/./media//press">',
    ],
    [
      "a folder with a name that servers read differently",
      '<script src="/static;a=1/a.js"></script><script src="/js%2f/a.js"></script>',
    ],
    ["one above all others", '<script src="/a.js"></script>'],
    [
      "what only looks like an element",
      '<script>document.write("<script src=/static/a.js>")</script><!-- <img src="/img/b.png"> -->',
    ],
  ])("are not %s", (_, html) => {
    expect(foldersIn(html)).toEqual([]);
  });

  it("are few, each once, and none inside another", () => {
    const html = Array.from(
      { length: 200 },
      (_, index) => `<img src="/d${index % 40}/img/${index}/a.png">`,
    ).join("");
    const found = foldersIn(html);
    expect(found).toHaveLength(10);
    expect(new Set(found).size).toBe(10);
  });

  it("are below the root and hold no page, whatever the page is made of", () => {
    const segment = fc.constantFrom(
      "static",
      "media",
      "own",
      "a",
      "*",
      "..",
      "%2e%2e",
      "%6dedia",
      "",
      "Static",
    );
    const path = fc
      .tuple(
        fc.array(segment, { maxLength: 4 }),
        fc.constantFrom("a.js", "b.png", "tickets", "", "?a=b", "a.js'>"),
      )
      .map(([folders, file]) => `/${[...folders, file].join("/")}`);
    const tag = fc.constantFrom(
      "<script src='",
      "<script src='",
      "<img src='",
      "<a href='",
      "<base href='",
      "<",
    );
    const element = fc
      .tuple(tag, path, fc.constantFrom("'></script>", "'>", ""))
      .map((parts) => parts.join(""));
    let found = 0;
    fc.assert(
      fc.property(fc.array(element, { maxLength: 6 }), (elements) => {
        const html = elements.join("");
        const { pages } = pageLinks(html, new URL(`https://${HOST}/`));
        for (const path of foldersIn(html)) {
          found++;
          expect(path).toMatch(/^\/[\w-][\w.~/-]*$/);
          expect(path.length).toBeGreaterThan(2);
          for (const page of pages) {
            const isFile = /\.(?:js|png)$/.test(page.pathname);
            if (page.hostname === HOST && !isFile) expect(page.pathname.startsWith(path)).toBe(false);
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(10);
  });
});

import { Parser } from "htmlparser2";
import { parsedUrl } from "../url/parsed-url.ts";

/** Where a page leads to and what it loads: absolute addresses, in its order. */
export interface PageLinks {
  /** What `script` and `link` elements load: the site's own words, not what a visitor wrote into a page. */
  readonly code: readonly URL[];
  /** What other elements load. */
  readonly media: readonly URL[];
  /** Where visitors may go. */
  readonly pages: readonly URL[];
}

type Kind = keyof PageLinks;

/** What a `link` element loads; any other leads to a page. */
const LOADED =
  /^(?:stylesheet|(?:shortcut )?icon|mask-icon|apple-touch-icon.*|preload|modulepreload|manifest)$/i;

/** Attributes with an address, by element. */
const ADDRESSES: Readonly<Record<string, readonly (readonly [attribute: string, kind: Kind])[]>> = {
  a: [["href", "pages"]],
  area: [["href", "pages"]],
  form: [["action", "pages"]],
  button: [["formaction", "pages"]],
  iframe: [["src", "pages"]],
  script: [["src", "code"]],
  img: [["src", "media"]],
  source: [["src", "media"]],
  video: [
    ["src", "media"],
    ["poster", "media"],
  ],
  audio: [["src", "media"]],
  track: [["src", "media"]],
};

/**
 * Reads the links of a page, whatever it is made of.
 *
 * @param html Of anybody; it may end anywhere.
 * @param address Of the page.
 */
export function pageLinks(html: string, address: URL): PageLinks {
  const links = { code: [] as URL[], media: [] as URL[], pages: [] as URL[] };
  let base = address;
  let hasBase = false;
  const add = (kind: Kind, text: string | undefined) => {
    const link = text === undefined ? undefined : parsedUrl(text, base);
    if (link !== undefined) links[kind].push(link);
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const { href } = attributes;
      if (name === "base" && href !== undefined && !hasBase) {
        const named = parsedUrl(href, address);
        base = named ?? base;
        hasBase = named !== undefined;
      }
      if (name === "link") add(LOADED.test(attributes["rel"]?.trim() ?? "") ? "code" : "pages", href);
      for (const [attribute, kind] of ADDRESSES[name] ?? []) add(kind, attributes[attribute]);
      for (const text of sourcesOf(attributes["srcset"])) add("media", text);
    },
  });
  parser.end(html);
  return links;
}

/** The addresses of a `srcset`: each may be followed by its width or density. */
function sourcesOf(set = ""): readonly string[] {
  return set.split(/,\s/).flatMap((candidate) => candidate.trim().split(/\s/, 1)[0] ?? []);
}

import { winnerOf } from "../../../cloudflare/route-table.ts";
import type { ProblemCode } from "../../../errors/problem-codes.ts";
import { type Finding, warningAt } from "../problem.ts";
import { type PlacedPattern, placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

/** A way in which a pattern takes other pages than its author means: the finding, or undefined. */
type Look = (entry: PlacedPattern, routes: Routes) => Finding | undefined;

/**
 * Protected patterns that miss a spelling of the pages they are for. Cloudflare takes them, and so does the
 * site, so that nobody would see the waiting room stand open.
 */
export const missedPages: Rule = (draft) => {
  const entries = placedPatterns(draft).filter(({ pattern }) => !pattern.hostWildcard);
  const routes = new Routes(entries);
  return entries.flatMap((entry) =>
    LOOKS[entry.kind].flatMap((group) => {
      // The first that finds something speaks: its remedy settles the others of its group.
      const [first] = group.flatMap((look) => look(entry, routes) ?? []);
      return first ?? [];
    }),
  );
};

class Routes {
  readonly #entries: readonly PlacedPattern[];

  constructor(entries: readonly PlacedPattern[]) {
    this.#entries = entries;
  }

  /**
   * Whether a page that belongs to a protected pattern is open: no route matches it, or a bypass does that is
   * not about this page.
   */
  isOpen({ pattern }: PlacedPattern, address: string): boolean {
    const winner = winnerOf(this.#entries, new URL(address));
    if (winner === undefined) return true;
    return winner.kind === "bypass" && !winner.pattern.path.startsWith(withoutSlash(pattern.path));
  }

  /** Whether the Worker would see a page, were it not for this entry. */
  isProtectedWithout(entry: PlacedPattern, address: string): boolean {
    const others = this.#entries.filter((other) => other !== entry);
    return winnerOf(others, new URL(address))?.kind === "protect";
  }
}

const hostInPath: Look = (entry) => {
  const { path } = entry.pattern;
  const single = path.replaceAll(/\/{2,}/g, "/");
  const host = `/${entry.siteHostname}`;
  const startsWithHost = single === host || single.startsWith(`${host}/`);
  if (single === path && !startsWithHost) return undefined;
  const meant = (startsWithHost ? single.slice(host.length) : single) || "/";
  return warning(
    entry,
    "route-odd-path",
    "is not a path that any page of the site can have",
    `write ${meantText(entry, meant)}`,
  );
};

const encoded: Look = (entry) => {
  const { path } = entry.pattern;
  // Letters, digits and -._~ mean the same encoded or not (RFC 3986, 2.3), and browsers never encode them.
  const plain = path.replaceAll(/%(2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f|7e)/gi, (text) =>
    decodeURIComponent(text),
  );
  if (plain === path) return undefined;
  const what = `is compared character by character, and browsers send ${plain}`;
  return warning(entry, "route-encoded", what, `write ${meantText(entry, plain)}`);
};

const otherEncoding: Look = (entry, routes) => {
  const { path } = entry.pattern;
  const swapped = path.replaceAll(/%[\da-f]{2}/gi, (text) =>
    /[a-f]/.test(text) ? text.toUpperCase() : text.toLowerCase(),
  );
  if (swapped === path || !routes.isOpen(entry, addressOf(entry, swapped))) return undefined;
  const what = `is compared character by character, and ${swapped}, which is the same page, is open`;
  const beginning = path.slice(0, path.indexOf("%"));
  return warning(
    entry,
    "route-encoded",
    what,
    `write ${quoted(entry, `${beginning}*`)}, which matches every spelling`,
  );
};

const oneScheme: Look = (entry, routes) => {
  const { scheme, path } = entry.pattern;
  if (scheme === undefined) return undefined;
  const other = scheme === "https" ? "http" : "https";
  if (!routes.isOpen(entry, addressOf(entry, path, other))) return undefined;
  const unless = other === "http" ? ", unless Cloudflare sends every visitor on to https" : "";
  const what = `does not match ${other}://, so the same page is open there${unless}`;
  return warning(entry, "route-one-scheme", what, `remove ${scheme}:// from it`);
};

const query: Look = (entry, routes) => {
  const { path, pathWildcard } = entry.pattern;
  if (pathWildcard || !routes.isOpen(entry, addressOf(entry, `${path}?x`))) return undefined;
  const what = "matches no URL with a query string, so adding ? and any text gets around the waiting room";
  return warning(entry, "route-without-wildcard", what, `end it with *: ${widened(entry)}`);
};

const folder: Look = (entry, routes) => {
  const { path, pathWildcard } = entry.pattern;
  const page = withoutSlash(path);
  if (!pathWildcard || page === path || page === "" || !routes.isOpen(entry, addressOf(entry, page)))
    return undefined;
  const what = `matches neither ${page} nor ${page}?…, only what is below it: both are open`;
  return warning(entry, "route-misses-folder", what, `instead, write ${widened(entry)}`);
};

const letterCase: Look = (entry, routes) => {
  const { path } = entry.pattern;
  const lower = path.replaceAll(/%[\da-f]{2}|[A-Z]+/gi, (text) =>
    text.startsWith("%") ? text : text.toLowerCase(),
  );
  if (lower === path || !routes.isOpen(entry, addressOf(entry, lower))) return undefined;
  const what = `is compared character by character, and ${lower} is open`;
  return warning(entry, "route-case", what, `if the site answers there too, add ${meantText(entry, lower)}`);
};

const tooWide: Look = (entry, routes) => {
  const { path, pathWildcard } = entry.pattern;
  // A name with a dot is a file's; what ends with a dash or the like is meant to be the beginning of names.
  if (!pathWildcard || !/[^/.]*[a-z\d]$/i.test(path) || /\.[^/]*$/.test(path)) return undefined;
  const page = `${path}-tickets`;
  if (!routes.isProtectedWithout(entry, addressOf(entry, page))) return undefined;
  const what = `also takes pages with the same beginning away from the waiting room, such as ${page}`;
  return warning(
    entry,
    "bypass-too-wide",
    what,
    `if it is a folder, write ${quoted(entry, `${path}/*`)}; if files, name them with their ending`,
  );
};

const LOOKS: Readonly<Record<PlacedPattern["kind"], readonly (readonly Look[])[]>> = {
  protect: [[hostInPath, encoded, otherEncoding, query, folder], [oneScheme], [letterCase]],
  bypass: [[hostInPath, encoded, tooWide]],
};

function warning({ path, pattern }: PlacedPattern, code: ProblemCode, what: string, remedy: string): Finding {
  return warningAt(path, code, pattern.text, what, remedy);
}

function addressOf({ pattern }: PlacedPattern, path: string, scheme = pattern.scheme ?? "https"): string {
  return `${scheme}://${pattern.host}${path}`;
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, "");
}

/** The pattern with another path, its wildcard kept. */
function meantText(entry: PlacedPattern, path: string): string {
  return quoted(entry, entry.pattern.pathWildcard ? `${path}*` : path);
}

/** The pattern that takes its page with everything that may follow. */
function widened(entry: PlacedPattern): string {
  const page = withoutSlash(entry.pattern.path);
  if (page === "") return quoted(entry, "/*");
  return `${quoted(entry, `${page}*`)}, which also matches pages with the same beginning, such as ${page}-more`;
}

/** An entry as its author would write it: a path where that is enough. */
function quoted({ pattern: { scheme, host }, siteHostname }: PlacedPattern, path: string): string {
  const whole = `${scheme === undefined ? "" : `${scheme}://`}${host}${path}`;
  return JSON.stringify(scheme === undefined && host === siteHostname ? path : whole);
}

import { asciiHostname, hostnameProblem } from "./hostname.ts";

/**
 * A Cloudflare route pattern: `[http(s)://]host/path`, with `*` at most at the start of the host and at the
 * end of the path. Source of every rule here, where nothing else is named:
 * https://developers.cloudflare.com/workers/configuration/routing/routes/ ("Matching behavior", "Validity").
 */
export interface RoutePattern {
  /** Canonical text: host in lower case and punycode, path never empty. */
  readonly text: string;
  /** Undefined matches both. */
  readonly scheme: "http" | "https" | undefined;
  /** Whether the host begins with `*`, which stands for any characters, dots included. */
  readonly hostWildcard: boolean;
  /** Host without its `*`: `.example.com` for `*.example.com`, empty for `*`. */
  readonly host: string;
  /** Path without its `*`; begins with `/`. */
  readonly path: string;
  readonly pathWildcard: boolean;
}

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: RoutePattern }
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

/**
 * Reads a whole route pattern. What Cloudflare would refuse is a problem with its remedy; nothing is thrown.
 */
export function parsePattern(text: string): ParsedPattern {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    return refuse(`has the scheme "${scheme}"`, "use http://, https:// or no scheme (matches both)");
  }
  const rest = scheme === undefined ? text : text.slice(scheme.length + "://".length);
  const slash = rest.search(/[/?#\\]/);
  const host = readHost(slash === -1 ? rest : rest.slice(0, slash));
  if (!host.ok) return host;
  const path = readPath(slash === -1 ? "/" : rest.slice(slash));
  if (!path.ok) return path;
  return {
    ok: true,
    pattern: {
      text:
        (scheme === undefined ? "" : `${scheme}://`) +
        (host.wildcard ? `*${host.literal}` : host.literal) +
        (path.wildcard ? `${path.literal}*` : path.literal),
      scheme,
      hostWildcard: host.wildcard,
      host: host.literal,
      path: path.literal,
      pathWildcard: path.wildcard,
    },
  };
}

/** The pattern in a text; undefined where there is none, or none that Cloudflare takes. */
export function patternOf(text: string | undefined): RoutePattern | undefined {
  const parsed = text === undefined ? undefined : parsePattern(text);
  return parsed?.ok === true ? parsed.pattern : undefined;
}

/**
 * Whether Cloudflare would match this URL with this pattern, were it the only one.
 * The query string counts as part of the path: `/cat.png` does not match `/cat.png?size=2`.
 */
export function patternMatches(pattern: RoutePattern, url: URL): boolean {
  if (pattern.scheme !== undefined && url.protocol !== `${pattern.scheme}:`) return false;
  if (pattern.hostWildcard ? !url.hostname.endsWith(pattern.host) : url.hostname !== pattern.host)
    return false;
  const path = url.pathname + url.search;
  return pattern.pathWildcard ? path.startsWith(pattern.path) : path === pattern.path;
}

/**
 * Orders patterns as Cloudflare does when several match one URL: negative when `a` is more specific and wins.
 *
 * Cloudflare documents that the most specific pattern wins and two oddities
 * (https://developers.cloudflare.com/workers/platform/known-issues/, "Route specificity"): `/images*` beats
 * `/images/*`, and `a.example.com/*` beats `*.example.com/a`. Both follow from the score in Miniflare's
 * router (MIT, cloudflare/workers-sdk), which calls itself adapted from Cloudflare's own routing table: 26
 * for each label of the host, 1 for each segment of the path, less two labels for a leading `*.` and two
 * segments for a trailing `/*`. Equal scores are not documented: a literal host beats a wildcard, then a
 * literal path, and then the longer text wins.
 */
export function compareSpecificity(a: RoutePattern, b: RoutePattern): number {
  return (
    score(b) - score(a) ||
    Number(a.hostWildcard) - Number(b.hostWildcard) ||
    Number(a.pathWildcard) - Number(b.pathWildcard) ||
    b.text.length - a.text.length
  );
}

/** Whether every URL that `b` matches is matched by `a` too. A pattern covers itself. */
export function covers(a: RoutePattern, b: RoutePattern): boolean {
  if (a.scheme !== undefined && a.scheme !== b.scheme) return false;
  if (a.hostWildcard ? !b.host.endsWith(a.host) : b.hostWildcard || a.host !== b.host) return false;
  return a.pathWildcard ? b.path.startsWith(a.path) : !b.pathWildcard && a.path === b.path;
}

/** Whether some URL is matched by both. */
export function overlaps(a: RoutePattern, b: RoutePattern): boolean {
  const isSchemeShared = a.scheme === undefined || b.scheme === undefined || a.scheme === b.scheme;
  return isSchemeShared && hostsMeet(a, b) && pathsMeet(a, b);
}

function hostsMeet(a: RoutePattern, b: RoutePattern): boolean {
  const ends = (whole: RoutePattern, end: RoutePattern) => end.hostWildcard && whole.host.endsWith(end.host);
  return ends(a, b) || ends(b, a) || (!a.hostWildcard && !b.hostWildcard && a.host === b.host);
}

function pathsMeet(a: RoutePattern, b: RoutePattern): boolean {
  const begins = (whole: RoutePattern, start: RoutePattern) =>
    start.pathWildcard && whole.path.startsWith(start.path);
  return begins(a, b) || begins(b, a) || (!a.pathWildcard && !b.pathWildcard && a.path === b.path);
}

function score(pattern: RoutePattern): number {
  const anySubdomain = pattern.hostWildcard && (pattern.host === "" || pattern.host.startsWith("."));
  const anyBelow = pattern.pathWildcard && pattern.path.endsWith("/");
  const labels = pattern.host.split(".").length - (anySubdomain ? 2 : 0);
  const segments = pattern.path.split("/").length - (anyBelow ? 2 : 0);
  return labels * 26 + segments;
}

type Part =
  | { readonly ok: true; readonly wildcard: boolean; readonly literal: string }
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

function readHost(text: string): Part {
  const wildcard = text.startsWith("*");
  const written = wildcard ? text.slice(1) : text;
  // Cloudflare accepts a lone `*`; whether it is wise is for the validation to say.
  if (wildcard && written === "") return { ok: true, wildcard, literal: "" };
  if (written.includes("*")) {
    return refuse("has a * inside its host", "a host may have one *, as its first character");
  }
  const dot = wildcard && written.startsWith(".") ? "." : "";
  const name = written.slice(dot.length);
  // What follows a bare * is the end of a label: it may begin with a dash, and has no punycode of its own.
  const bare = wildcard && dot === "";
  if (bare && /^[^.]*[^ -~]/.test(name)) {
    return refuse("has letters outside ASCII after the * of its host", "write *. before the name");
  }
  const problem = hostnameProblem(bare && name.startsWith("-") ? `x${name}` : name);
  if (problem !== undefined) return refuse(`has a host that ${problem.what}`, problem.remedy);
  return { ok: true, wildcard, literal: dot + (bare ? name.toLowerCase() : asciiHostname(name)) };
}

function readPath(text: string): Part {
  if (text.includes("?")) {
    return refuse(
      "has a query string, which Cloudflare refuses",
      "remove everything from the ?, and end the path with * so URLs with a query string match too",
    );
  }
  if (text.includes("#"))
    return refuse("has a #, which is never sent to a server", "remove everything from the #");
  const wildcard = text.endsWith("*");
  const literal = wildcard ? text.slice(0, -1) : text;
  if (literal.includes("*")) {
    return refuse(
      "has a * inside its path, which Cloudflare refuses",
      "a path may have one *, as its last character; move such files into one folder, for example /static/*",
    );
  }
  // A URL is normalized before it is compared, so a path that a URL can never have would match nothing.
  if (new URL(`https://host.invalid${literal}`).pathname !== literal) {
    return refuse(
      "has a path that cannot occur in a URL: it contains a space, a backslash, a dot segment or a letter " +
        "outside ASCII",
      "write the path as a browser sends it, for example /caf%C3%A9/*",
    );
  }
  return { ok: true, wildcard, literal };
}

function refuse(problem: string, remedy: string): { readonly ok: false; problem: string; remedy: string } {
  return { ok: false, problem, remedy };
}

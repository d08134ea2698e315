/**
 * Normalizes a URL as the default provider of the SDK 5.0.1 does, step by step; a differential test compares
 * the two.
 *
 * The steps are written anew for two reasons. The SDK's encoding throws at a surrogate, which any visitor can
 * send, and its pipeline then gives the URL back as it came: `/%74ickets?x=😀` would miss a trigger on
 * `/tickets`. And three of its steps take time that grows with the square of the length. No step here can
 * fail: none of them calls a function that throws. Each goes through the URL once: no regular expression here
 * reads more than two characters on before it is known whether it matches, so none of them comes back to what
 * it has read.
 */
export function normalizeUrl(url: string): string {
  const trimmed = url.trim();
  if (trimmed === "") return "";
  const oneSlash = trimmed.replaceAll("\\", "/").replace(REPEATED_SLASHES, "/");
  const encoded = encodeOthers(decodeUnreserved(oneSlash)).replace(LOWER_CASE_ESCAPE, upperCase);
  return plusForSpaceInQuery(removeDotSegments(encoded));
}

/** Two slashes or more, unless they follow a colon. */
const REPEATED_SLASHES = /(?<!:)\/\/+/g;
/** Percent-encoded letters, digits, `-`, `.`, `_` and `~`. */
const ENCODED_UNRESERVED = /%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/gi;
/** What may not stand in a URL as it is. */
const OTHERS = /[^a-zA-Z0-9\-._~:/?#%[\]@!$&'()*+,;=]+/g;
/** The SDK leaves an escape of one lower-case and one upper-case letter as it is. */
const LOWER_CASE_ESCAPE = /%[0-9a-f]{2}/g;

function decodeUnreserved(url: string): string {
  return url.replace(ENCODED_UNRESERVED, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
}

/** A surrogate without its other half becomes U+FFFD, as in a browser. */
function encodeOthers(url: string): string {
  return url.replace(OTHERS, (part) => encodeURIComponent(part.toWellFormed()));
}

function upperCase(text: string): string {
  return text.toUpperCase();
}

/** The first question mark decides, be it behind a hash or not. */
function plusForSpaceInQuery(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query) + url.slice(query).replaceAll("%20", "+");
}

/** RFC 3986, 5.2.4, on the path of an address that may lack its scheme. */
function removeDotSegments(url: string): string {
  const pathEnd = before(url.length, url.indexOf("?"), url.indexOf("#"));
  const pathStart = startOfPath(url, pathEnd);
  // A host without a path has the path of the site.
  const path = pathStart === pathEnd && pathStart > 0 ? "/" : url.slice(pathStart, pathEnd);
  return url.slice(0, pathStart) + withoutDotSegments(path) + url.slice(pathEnd);
}

/** Behind `https://` and a host, or behind what looks like a host; where neither is there, the beginning. */
function startOfPath(url: string, end: number): number {
  const host = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : 0;
  const hostEnd = before(end, url.indexOf("/", host));
  if (host > 0 && hostEnd > host) return hostEnd;
  const firstEnd = before(end, url.indexOf("/"));
  const hasInnerDot = firstEnd > 2 && url.lastIndexOf(".", firstEnd - 2) > 0;
  return hasInnerDot ? firstEnd : 0;
}

/** The lowest of these positions below an end, or the end. */
function before(end: number, position: number, other = -1): number {
  const lower = position === -1 || position > end ? end : position;
  return other === -1 || other > lower ? lower : other;
}

function withoutDotSegments(path: string): string {
  if (!path.startsWith(".") && !path.includes("/.")) return path;
  let start = 0;
  for (;;) {
    if (path.startsWith("./", start)) start += 2;
    else if (path.startsWith("../", start)) start += 3;
    else break;
  }
  const kept: string[] = [];
  while (start < path.length) {
    const end = before(path.length, path.indexOf("/", start + 1));
    const segment = path.slice(start, end);
    if (segment === "/..") kept.pop();
    if (!DOT_SEGMENTS.has(segment)) kept.push(segment);
    else if (end === path.length && segment.startsWith("/")) kept.push("/");
    start = end;
  }
  return kept.join("");
}

const DOT_SEGMENTS: ReadonlySet<string> = new Set(["/.", "/..", ".", ".."]);

import { normalizeUrl } from "../visitor/url-normalization.ts";

/** Servers behind servers decode more than once; none is known to decode more often than this. */
const DECODINGS = 3;

/**
 * The ways in which a server may read a URL, without repetition: normalized as the SDK does it; decoded as
 * often as servers do and on any port; the same without `;…` in its path, which servers in Java cut off; as
 * it came but for the host; and as it came. In the others the host is lower-cased and without user name,
 * final dot and default port. Never throws, and takes time in proportion to the URL.
 */
export function urlReadings(url: string): readonly string[] {
  const normalized = withPlainHost(normalizeUrl(url), isDefaultPort);
  const decoded = withPlainHost(normalizeUrl(decodePath(url)), isAnyPort);
  const withoutParameters = normalizeUrl(withoutPathParameters(decoded));
  return [...new Set([normalized, decoded, withoutParameters, withPlainHost(url, isAnyPort), url])];
}

const ORIGIN = /^(https?:)\/\/([^/\\?#]*)/i;

/** @param isLeftOut Whether the host is meant without this port, which is given with its colon. */
function withPlainHost(url: string, isLeftOut: (port: string, scheme: string) => boolean): string {
  return url.replace(ORIGIN, (_all, written: string, authority: string) => {
    const scheme = written.toLowerCase();
    const address = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
    // The colons of an IPv6 address are inside of brackets.
    const port = /:\d*$/.exec(address)?.[0] ?? "";
    let end = address.length - port.length;
    while (address[end - 1] === ".") end--;
    return `${scheme}//${address.slice(0, end)}${isLeftOut(port, scheme) ? "" : port}`;
  });
}

function isDefaultPort(port: string, scheme: string): boolean {
  return port === ":" || port === (scheme === "https:" ? ":443" : ":80");
}

function isAnyPort(): boolean {
  return true;
}

/** Every visible character that may be written as it is, but for those that would end the path. */
const ENCODED_VISIBLE = /%(?:2[124-9a-f]|3[\da-e]|[4-6][\da-f]|7[\da-e])/gi;

function decodePath(url: string): string {
  return withPath(url, (path) => {
    let decoded = path;
    for (let count = 0; count < DECODINGS; count++) {
      decoded = decoded.replace(ENCODED_VISIBLE, (escape) =>
        String.fromCharCode(parseInt(escape.slice(1), 16)),
      );
    }
    return decoded;
  });
}

function withoutPathParameters(url: string): string {
  return withPath(url, (path) => path.replace(/;[^/]*/g, ""));
}

function withPath(url: string, change: (path: string) => string): string {
  const start = ORIGIN.exec(url)?.[0].length ?? 0;
  const length = url.slice(start).search(/[?#]/);
  const end = length === -1 ? url.length : start + length;
  return url.slice(0, start) + change(url.slice(start, end)) + url.slice(end);
}

export interface UrlParts {
  readonly host: string;
  readonly path: string;
}

/**
 * Splits an address where the SDK does (UrlValidatorHelper in 5.0.1, a regular expression with ten groups
 * that it makes anew each time): a scheme up to the first colon, a host after two slashes, a path up to `?`
 * or `#`. Any text can be split, be it an address or not.
 */
export function urlParts(url: string): UrlParts {
  const afterScheme = schemeEnd(url);
  const hasHost = url.startsWith("//", afterScheme);
  const hostStart = hasHost ? afterScheme + 2 : afterScheme;
  const hostEnd = hasHost ? endOf(url, hostStart, true) : hostStart;
  return { host: url.slice(hostStart, hostEnd), path: url.slice(hostEnd, endOf(url, hostEnd, false)) };
}

/** Where the rest begins: after the colon of a scheme, or at the beginning. */
function schemeEnd(url: string): number {
  const colon = url.indexOf(":");
  return colon > 0 && colon < endOf(url, 0, true) ? colon + 1 : 0;
}

/**
 * The first `?` or `#`, or slash where one ends the part, from a position on; without any, the end of the
 * text.
 */
function endOf(url: string, from: number, atSlash: boolean): number {
  for (let position = from; position < url.length; position++) {
    const code = url.charCodeAt(position);
    if (code === QUESTION_MARK || code === HASH || (atSlash && code === SLASH)) return position;
  }
  return url.length;
}

const HASH = 0x23;
const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;

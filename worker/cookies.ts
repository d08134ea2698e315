import { decode, encode } from "./percent-encoding.ts";

/** Looks up a cookie of the request: its decoded value, or undefined. */
export type CookieLookup = (name: string) => string | undefined;

/**
 * Reads a `Cookie` header when the first cookie is asked for. A value that cannot be decoded is given as it is;
 * of several cookies with one name the last one counts, as in the vendor's connector.
 */
export function cookieLookup(header: string | null): CookieLookup {
  let cookies: Map<string, string> | undefined;
  return (name) => {
    cookies ??= parse(header ?? "");
    const value = cookies.get(name);
    return value === undefined ? undefined : decode(value);
  };
}

function parse(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return cookies;
}

/** A cookie the SDK wants to set. */
export interface OutgoingCookie {
  readonly name: string;
  readonly value: string;
  /** Empty or null: the cookie belongs to the host of the request. */
  readonly domain: string | null | undefined;
  /** Seconds since 1970. */
  readonly expires: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
}

/** Writes the value of a `Set-Cookie` header in the format of the vendor's Cloudflare connector. */
export function serializeCookie(cookie: OutgoingCookie): string {
  const expires = new Date(cookie.expires * 1000).toUTCString();
  const domain = cookie.domain ? ` domain=${cookie.domain};` : "";
  const flags = `${cookie.httpOnly ? " HttpOnly;" : ""}${cookie.secure ? " Secure;" : ""}`;
  return `${cookie.name}=${encode(cookie.value)}; expires=${expires};${domain}${flags} path=/`;
}

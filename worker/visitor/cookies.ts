import { decode, encode } from "../encoding/percent-encoding.ts";

/**
 * Looks for one cookie in a `Cookie` header, without reading the others. A value that cannot be decoded is
 * given as it is; of several cookies with one name the last one counts, as in the vendor's connector.
 */
export function findCookie(header: string, name: string): string | undefined {
  if (name.includes("=") || name.includes(";") || name.trim() !== name) return undefined;
  for (let start = header.lastIndexOf(name); start !== -1; start = lastBefore(header, name, start)) {
    const equals = skipSpaces(header, start + name.length, 1);
    if (header[equals] !== "=" || !beginsPair(header, start)) continue;
    const end = header.indexOf(";", equals);
    return decode(header.slice(equals + 1, end === -1 ? undefined : end).trim());
  }
  return undefined;
}

function lastBefore(header: string, name: string, start: number): number {
  return start === 0 ? -1 : header.lastIndexOf(name, start - 1);
}

function beginsPair(header: string, start: number): boolean {
  const before = skipSpaces(header, start - 1, -1);
  return before === -1 || header[before] === ";";
}

/** The next position, forwards or backwards, that has no white space. */
function skipSpaces(text: string, from: number, step: 1 | -1): number {
  let position = from;
  while (text[position]?.trim() === "") position += step;
  return position;
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
  const expires = dateText(cookie.expires);
  const domain = cookie.domain ? ` domain=${cookie.domain};` : "";
  const flags = `${cookie.httpOnly ? " HttpOnly;" : ""}${cookie.secure ? " Secure;" : ""}`;
  return `${cookie.name}=${encode(cookie.value)}; expires=${expires};${domain}${flags} path=/`;
}

let lastDate = { seconds: NaN, text: "" };

/** Cookies of one second expire in one second, so the last text is nearly always the next one, too. */
function dateText(seconds: number): string {
  if (lastDate.seconds !== seconds) lastDate = { seconds, text: new Date(seconds * 1000).toUTCString() };
  return lastDate.text;
}

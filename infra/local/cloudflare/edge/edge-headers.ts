import { randomBytes } from "node:crypto";
import { type LocalHosts, toLocalUrl, toRealUrl } from "./local-hosts.ts";

/** Headers that only Cloudflare may set; a visitor's own are dropped. */
const EDGE_ONLY = /^(cf-.*|true-client-ip)$/;

/**
 * Headers of a visitor's request as Cloudflare would hand them on: URLs in them are the real ones, and who
 * the visitor is comes from the connection, never from the visitor.
 */
export function realRequestHeaders(
  headers: Headers,
  host: string,
  clientIp: string,
  hosts: LocalHosts,
): Headers {
  const result = new Headers();
  for (const [name, value] of headers) if (!EDGE_ONLY.test(name)) result.append(name, value);
  const map = (name: string, change: (value: string) => string): void => {
    const value = result.get(name);
    if (value !== null) result.set(name, change(value));
  };
  map("origin", (url) => toRealUrl(url, hosts));
  map("referer", (url) => toRealUrl(url, hosts));
  map("x-queueit-ajaxpageurl", (encoded) => mapEncoded(encoded, (url) => toRealUrl(url, hosts)));
  const forwarded = result.get("x-forwarded-for");
  result.set("host", host);
  result.set("x-forwarded-for", forwarded === null ? clientIp : `${forwarded}, ${clientIp}`);
  result.set("x-forwarded-proto", "https");
  result.set("cf-connecting-ip", clientIp);
  result.set("cf-visitor", '{"scheme":"https"}');
  result.set("cf-ray", `${randomBytes(8).toString("hex")}-LOC`);
  return result;
}

/**
 * Headers of an answer as a browser on this machine needs them: local URLs, and cookies that work over http.
 */
export function localResponseHeaders(headers: Headers, hosts: LocalHosts): Headers {
  const result = new Headers();
  for (const [name, value] of headers) result.append(name, localResponseHeader(name, value, hosts));
  return result;
}

function localResponseHeader(name: string, value: string, hosts: LocalHosts): string {
  switch (name) {
    case "set-cookie":
      return localCookie(value);
    case "location":
    case "access-control-allow-origin":
      return toLocalUrl(value, hosts);
    case "x-queueit-redirect":
      return mapEncoded(value, (url) => toLocalUrl(url, hosts));
    default:
      return value;
  }
}

/** Attributes that a browser takes over https only. */
const HTTPS_ONLY = /^(secure|partitioned|samesite=none)$/i;

/** A Set-Cookie for the local names: its Domain gets their ending, and nothing in it needs https. */
function localCookie(cookie: string): string {
  const [pair = "", ...attributes] = cookie.split(";");
  const kept = attributes
    .filter((attribute) => !HTTPS_ONLY.test(attribute.replaceAll(" ", "")))
    .map((attribute) =>
      /^\s*domain\s*=\s*\S/i.test(attribute) ? `${attribute.trimEnd()}.localhost` : attribute,
    );
  return [pair, ...kept].join(";");
}

/** Changes the URL inside a percent-encoded value. One that is not well encoded stays as it is. */
function mapEncoded(encoded: string, change: (url: string) => string): string {
  let url: string;
  try {
    url = decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
  const changed = change(url);
  return changed === url ? encoded : encodeURIComponent(changed);
}

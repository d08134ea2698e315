import { asciiHostname } from "../../../cloudflare/hostname.ts";

/**
 * Real names and how a browser on this machine reaches them: `https://shop.example.com/…` is
 * `http://shop.example.com.localhost:PORT/…`. Browsers resolve `*.localhost` to this machine by themselves.
 */
export interface LocalHosts {
  readonly port: number;
  /** Whether the edge answers for this real hostname, given in ASCII. */
  readonly knows: (host: string) => boolean;
}

/** Scheme (or none), host, standard port (or none); what follows is the rest of the URL. */
const REAL = /^(?:https?:)?\/\/([^/?#:@\\]+)(?::(?:443|80))?(?=[/?#]|$)/i;
const LOCAL = /^http:\/\/([^/?#:@\\]+)\.localhost:(\d+)(?=[/?#]|$)/i;

/**
 * The local form of a real absolute URL: the host in ASCII, path and query byte-identical. A URL that leads
 * elsewhere, is relative or has a port of its own stays as it is.
 */
export function toLocalUrl(url: string, { port, knows }: LocalHosts): string {
  const match = REAL.exec(url);
  const host = asciiHostname(match?.[1] ?? "");
  if (match === null || host === "" || !knows(host)) return url;
  return `http://${host}.localhost:${port}${url.slice(match[0].length)}`;
}

/** The real form of a local URL; the reverse of `toLocalUrl`. Any other URL stays as it is. */
export function toRealUrl(url: string, { port, knows }: LocalHosts): string {
  const match = LOCAL.exec(url);
  const host = asciiHostname(match?.[1] ?? "");
  if (match === null || host === "" || Number(match[2]) !== port || !knows(host)) return url;
  return `https://${host}${url.slice(match[0].length)}`;
}

export type HostHeader =
  /** A real name, reached through its local form. */
  | { readonly kind: "site"; readonly host: string }
  /** The machine itself, without a name before `.localhost`. */
  | { readonly kind: "machine" }
  /** A local name that nothing here answers for. */
  | { readonly kind: "unknown"; readonly host: string }
  /** Not a name of this machine at this port: a page elsewhere may have pointed its own name here. */
  | { readonly kind: "foreign" }
  /** No name that a URL can have, or several. */
  | { readonly kind: "malformed" };

/** A host's own letters: in a URL, any other would end the host or change it. */
const HOST_HEADER = /^(\[::1\]|[a-z0-9._-]+)(?::(\d+))?$/;

/** Says whom the Host headers of a request mean: only one may be there (RFC 9112, section 3.2). */
export function readHostHeader(headers: readonly string[], { port, knows }: LocalHosts): HostHeader {
  const [header = "", ...others] = headers;
  if (others.length > 0) return { kind: "malformed" };
  if (header === "") return { kind: "foreign" };
  const match = HOST_HEADER.exec(header.toLowerCase());
  const name = match?.[1];
  if (name === undefined) return { kind: "malformed" };
  if (Number(match?.[2] ?? 80) !== port) return { kind: "foreign" };
  if (["localhost", "127.0.0.1", "[::1]"].includes(name)) return { kind: "machine" };
  if (!name.endsWith(".localhost")) return { kind: "foreign" };
  const host = name.slice(0, -".localhost".length);
  if (!isHostOfUrl(host)) return { kind: "malformed" };
  return { kind: knows(host) ? "site" : "unknown", host };
}

/** Whether a URL with this host has this host, to the letter. */
function isHostOfUrl(host: string): boolean {
  try {
    return asciiHostname(host) === host && new URL(`https://${host}/`).hostname === host;
  } catch {
    return false;
  }
}

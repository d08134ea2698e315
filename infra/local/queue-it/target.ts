/** A page of one of the sites: checked, so it is safe to send a visitor there. */
export interface Target {
  /** Real URL, without a queue token. Apart from its origin it is what the connector sent, byte for byte. */
  readonly url: string;
  readonly hostname: string;
}

/**
 * Reads the target URL of a visitor; `undefined` when it is not a page of one of the sites.
 *
 * It is compared as text and not parsed: what one parser takes for the host, another may take for a user
 * name. A page that calls with AJAX names itself by its local address, so that form is accepted and made real
 * again.
 *
 * @param sites Hostnames of the sites.
 * @param localUrl Gives a real URL its address on this machine.
 */
export function readTarget(
  text: string,
  sites: readonly string[],
  localUrl: (realUrl: string) => string,
): Target | undefined {
  for (const hostname of sites) {
    const real = `https://${hostname}`;
    for (const origin of [real, new URL(localUrl(`${real}/`)).origin]) {
      if (text.slice(0, origin.length).toLowerCase() !== origin) continue;
      const rest = text.slice(origin.length);
      if (rest === "" || /^[/?#]/.test(rest)) return { url: real + headerSafe(rest), hostname };
    }
  }
  return undefined;
}

/** Adds the queue token as the last query parameter: without it, the URL is again what it was. */
export function withToken(target: Target, token: string): string {
  const [page = "", ...fragment] = target.url.split(/(?=#)/);
  return `${page}${page.includes("?") ? "&" : "?"}queueittoken=${token}${fragment.join("")}`;
}

/** A Location header holds printable ASCII only; a forced target URL may have been typed with more. */
function headerSafe(text: string): string {
  return text.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Host that has it, and every one below it where `isWide`. */
  readonly host: string;
  readonly isWide: boolean;
}

/** One visitor's cookies, by the rules that a site of this machine needs: name, domain, and the end of a cookie. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Value of the header `Cookie` for a host; undefined where there is none. */
  header(host: string): string | undefined {
    const sent = [...this.#cookies.values()].filter(
      (cookie) => cookie.host === host || (cookie.isWide && host.endsWith(`.${cookie.host}`)),
    );
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  /** @param setCookies Values of `Set-Cookie` that the host sent. */
  keep(host: string, setCookies: readonly string[], now: number): void {
    for (const line of setCookies) {
      const [pair = "", ...attributes] = line.split(";");
      const separator = pair.indexOf("=");
      if (separator < 1) continue;
      const name = pair.slice(0, separator).trim();
      const domain = valueOf(attributes, "domain")?.replace(/^\./, "").toLowerCase() ?? "";
      const isWide = domain !== "" && (host === domain || host.endsWith(`.${domain}`));
      const cookie = { name, value: pair.slice(separator + 1).trim(), host: isWide ? domain : host, isWide };
      const key = `${cookie.host} ${name}`;
      if (hasEnded(attributes, now)) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }
}

function hasEnded(attributes: readonly string[], now: number): boolean {
  const age = valueOf(attributes, "max-age");
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0;
  return Date.parse(valueOf(attributes, "expires") ?? "") <= now;
}

function valueOf(attributes: readonly string[], name: string): string | undefined {
  const found = attributes.find((attribute) => attribute.trim().toLowerCase().startsWith(`${name}=`));
  return found?.slice(found.indexOf("=") + 1).trim();
}

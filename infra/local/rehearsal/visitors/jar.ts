import type { Credential, Turn } from "../judge/credential.ts";

/** What the name of every session cookie begins with (SDK 5.0.1, getCookieKey). */
export const SESSION_COOKIE = "QueueITAccepted-SDFrts345E-V3_";

/** A session cookie that an answer set or removed. */
export interface SetSession {
  readonly name: string;
  /** Waiting room of its name, in lower case. */
  readonly room: string;
  /** Host and subdomains that get it; undefined for the host that set it alone. */
  readonly domain: string | undefined;
  /** Empty where the cookie is removed. */
  readonly value: string;
}

interface Kept extends Credential {
  readonly name: string;
  readonly room: string;
  readonly host: string;
  readonly domain: string | undefined;
}

/** The session cookies among an answer's cookies. @param now Milliseconds since 1970. */
export function sessionsIn(cookies: readonly string[], now: number): readonly SetSession[] {
  return cookies.flatMap((cookie) => {
    if (!cookie.startsWith(SESSION_COOKIE)) return [];
    const [pair = "", ...attributes] = cookie.split(";");
    const at = pair.indexOf("=");
    const read = (name: string) =>
      attributes
        .map((each) => each.trim())
        .find((each) => each.toLowerCase().startsWith(`${name}=`))
        ?.slice(name.length + 1);
    const expires = Date.parse(read("expires") ?? "");
    return [
      {
        name: pair.slice(0, at),
        room: pair.slice(SESSION_COOKIE.length, at).toLowerCase(),
        domain: read("domain")?.replace(/^\./, "").toLowerCase(),
        value: expires <= now ? "" : pair.slice(at + 1),
      },
    ];
  });
}

/** Session cookies as one browser keeps them, with what the rehearsal knows of each. */
export class Jar {
  #kept: readonly Kept[] = [];

  /** @param turn What the session is worth; undefined for one that nobody had a right to. */
  take(host: string, { name, room, domain, value }: SetSession, turn: Turn | undefined): void {
    const others = this.#kept.filter(
      (kept) => kept.room !== room || (kept.domain ?? kept.host) !== (domain ?? host),
    );
    this.#kept = value === "" ? others : [...others, { name, room, host, domain, value, turn }];
  }

  /** What is sent to a host. */
  for(host: string): readonly Kept[] {
    return this.#kept.filter((kept) =>
      kept.domain === undefined
        ? kept.host === host
        : host === kept.domain || host.endsWith(`.${kept.domain}`),
    );
  }

  get all(): readonly Kept[] {
    return this.#kept;
  }
}

import { Agent, fetch } from "undici";
import { HEADER_LIMIT } from "../../cloudflare/header-limit.ts";

/** What came back, without following redirects. */
export interface Answer {
  readonly status: number;
  readonly headers: Pick<Headers, "get" | "getSetCookie">;
  readonly body: string;
}

/**
 * A browser reduced to what the flow needs: it keeps cookies, never follows a redirect by itself, and finds
 * every `*.localhost` name on this machine, which Node's resolver does not.
 */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #agent = new Agent({
    maxHeaderSize: HEADER_LIMIT,
    connect: {
      lookup: (_hostname, _options, callback) => {
        callback(null, [{ address: "127.0.0.1", family: 4 }]);
      },
    },
  });

  /** Names of the cookies it holds. */
  get cookieNames(): readonly string[] {
    return [...this.#cookies.keys()];
  }

  async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      dispatcher: this.#agent,
      redirect: "manual",
      headers: { ...(cookie !== "" && { cookie }), ...headers },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  #keep(setCookie: string): void {
    const [pair = "", ...attributes] = setCookie.split(";");
    const separator = pair.indexOf("=");
    const name = pair.slice(0, separator).trim();
    const expires = attributes.find((attribute) => /^\s*expires=/i.test(attribute))?.split("=")[1];
    if (expires !== undefined && Date.parse(expires) <= Date.now()) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(separator + 1).trim());
  }
}

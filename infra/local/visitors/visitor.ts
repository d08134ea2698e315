import { z } from "zod";
import { jsonOf } from "../../json/json-of.ts";
import { CookieJar } from "./cookie-jar.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** Where a visitor is on the way through the shop. */
export type Stage = "arriving" | "waiting" | "inside" | "left" | "lost";

/** What a visitor needs of the world. */
export interface Surroundings {
  /** Sends a request to the edge, under its real URL, and takes its turn for that. */
  readonly send: (request: Request) => Promise<Response>;
  /** Whether a host is Queue-it's. */
  readonly isQueueIt: (host: string) => boolean;
  /** Resolves after so many milliseconds, and not while all visitors are held. Rejects when they are sent home. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What a waiting room says of a place in its line. */
const PLACE = z.object({ ahead: z.number(), passed: z.boolean() });

/** More redirects in a row than these lead nowhere. */
const MOST_REDIRECTS = 20;

/** So often a visitor who was let in looks at the page. */
const VIEWS = 4;
const BETWEEN_VIEWS_MS = 5000;

/** A visitor far back in line asks less often. */
const SHORTEST_POLL_MS = 1000;
const LONGEST_POLL_MS = 15_000;
const POLL_FOR_EACH_AHEAD_MS = 20;

/** A browser on this machine, with cookies of its own, and a person who goes where it leads. */
export class Visitor {
  readonly number: number;
  readonly #page: string;
  readonly #around: Surroundings;
  readonly #jar = new CookieJar();
  #stage: Stage = "arriving";
  #since = Date.now();
  #ahead: number | undefined;
  #why: string | undefined;

  /** @param page Real URL that it wants to see. */
  constructor(number: number, page: string, around: Surroundings) {
    this.number = number;
    this.#page = page;
    this.#around = around;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** When the stage began, in milliseconds since 1970. */
  get since(): number {
    return this.#since;
  }

  /** How many are ahead in line; undefined outside of a line. */
  get ahead(): number | undefined {
    return this.#ahead;
  }

  /** Why the visitor was lost; undefined for any other. */
  get why(): string | undefined {
    return this.#why;
  }

  /** From the first request to the last page. Rejects only when all visitors are sent home. */
  async go(): Promise<void> {
    for (let view = 0; view < VIEWS; view += 1) {
      if (view > 0) await this.#around.wait(BETWEEN_VIEWS_MS * (0.5 + Math.random()));
      if (!(await this.#look())) return;
    }
    this.#enter("left");
  }

  /** Follows the page to where it leads. Says whether it was seen. */
  async #look(): Promise<boolean> {
    let url = new URL(this.#page);
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const answer = await this.#ask(url);
      if (answer === undefined) return this.#lose(`${url.host} broke off`);
      const location = answer.headers.get("location");
      const next = location === null ? undefined : parsedUrl(location, url);
      if (answer.status >= 300 && answer.status < 400 && next !== undefined) {
        url = next;
        continue;
      }
      if (answer.status >= 400) return this.#lose(`${answer.status} from ${url.host}`);
      if (!this.#around.isQueueIt(url.hostname)) {
        this.#ahead = undefined;
        this.#enter("inside");
        return true;
      }
      if (!url.pathname.startsWith("/place/")) return this.#lose(`${url.host} led nowhere`);
      if (!(await this.#untilTurn(url))) return false;
    }
    return this.#lose("redirects without an end");
  }

  async #untilTurn(place: URL): Promise<boolean> {
    this.#enter("waiting");
    for (;;) {
      const status = await this.#ask(new URL(`${place.pathname}/status`, place));
      if (status?.status !== 200)
        return this.#lose(`the waiting room answered ${status?.status ?? "nothing"}`);
      const { data } = PLACE.safeParse(jsonOf(status.text));
      if (data === undefined)
        return this.#lose("the waiting room answered something else than a place in its line");
      const { ahead, passed } = data;
      this.#ahead = ahead;
      if (passed) return true;
      const pause = Math.min(LONGEST_POLL_MS, SHORTEST_POLL_MS + ahead * POLL_FOR_EACH_AHEAD_MS);
      await this.#around.wait(pause * (0.75 + Math.random() / 2));
    }
  }

  async #ask(
    url: URL,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string } | undefined> {
    await this.#around.wait(0);
    const cookie = this.#jar.header(url.hostname);
    const headers = {
      "user-agent": `Mozilla/5.0 (visitor ${this.number} of the dashboard)`,
      ...(cookie !== undefined && { cookie }),
    };
    try {
      const answer = await this.#around.send(new Request(url.href, { headers, redirect: "manual" }));
      const text = await answer.text();
      this.#jar.keep(url.hostname, answer.headers.getSetCookie(), Date.now());
      return { status: answer.status, headers: answer.headers, text };
    } catch {
      return undefined;
    }
  }

  #enter(stage: Stage): void {
    if (stage === this.#stage) return;
    this.#stage = stage;
    this.#since = Date.now();
  }

  #lose(why: string): false {
    this.#why = why;
    this.#enter("lost");
    return false;
  }
}

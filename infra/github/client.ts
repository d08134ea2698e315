import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import { redact } from "../secrets/redact.ts";
import { growingPause, MOST_ATTEMPTS, pauseAfter } from "./pause.ts";
import { refusal } from "./refusal.ts";
import type { GitHubSettings } from "./settings.ts";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The calls of GitHub's REST API that this project needs. Each throws a UserError when it is refused. */
export interface GitHub {
  /** Path of the repository, to begin others with. */
  readonly repository: string;
  /** A text as everybody may read it. Nothing that is sent is changed after it was written and signed. */
  readonly withoutSecrets: (text: string) => string;
  /** Makes one call, with this body as it is, and checks its answer. */
  send<T>(method: Method, path: string, answer: z.ZodType<T>, body?: object): Promise<T>;
  /** Every item of a list, over all of its pages. */
  list<T>(path: string, item: z.ZodType<T>): Promise<readonly T[]>;
}

export interface GitHubOptions {
  /**
   * Waits before a call is made again.
   *
   * @default a real pause
   */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** An answer in which nothing is looked at. */
export const ANY_ANSWER = z.unknown();

const PAGE_SIZE = 100;

/** 10,000 items: more comments, events or issues of one label than anything has that people still read. */
const MOST_PAGES = 100;

/** A client that asks again when GitHub is busy, and never shows its token. */
export function githubClient(settings: GitHubSettings, { pause = setTimeout }: GitHubOptions = {}): GitHub {
  const call = async (method: Method, path: string, body?: object): Promise<Answer> => {
    const name = `${method} ${path}`;
    // A second POST would write a second comment.
    const isRepeatable = method !== "POST";
    for (let attempt = 1; ; attempt++) {
      const answer = await ask(settings, method, path, body);
      if (answer instanceof UserError) {
        if (!isRepeatable || attempt >= MOST_ATTEMPTS) throw answer;
        await pause(growingPause(attempt));
        continue;
      }
      if (answer.status < 300) return answer;
      const wait = pauseAfter(answer, isRepeatable, attempt, Date.now());
      if (wait === undefined) throw refusal(name, answer, secretsOf(settings));
      await pause(wait);
    }
  };

  return {
    repository: `/repos/${settings.repository}`,
    withoutSecrets: (text) => redact(text, secretsOf(settings)),
    send: async (method, path, schema, body) =>
      checked(`${method} ${path}`, (await call(method, path, body)).body, schema),
    list: async <T>(path: string, item: z.ZodType<T>) => {
      const items: T[] = [];
      let last = "";
      // The address of the next page is made here: what a server names is never given the token.
      for (let page = 1; page <= MOST_PAGES; page++) {
        const paged = `${path}${path.includes("?") ? "&" : "?"}per_page=${PAGE_SIZE}&page=${page}`;
        const { body, headers } = await call("GET", paged);
        items.push(...checked(`GET ${paged}`, body, z.array(item)));
        if (!/;\s*rel="next"/.test(headers.get("link") ?? "")) return items;
        if (body === last) break;
        last = body;
      }
      throw new UserError(
        "github-endless",
        `The list ${path} does not end: it says that there is more after ${items.length} items, and ` +
          `returns the same page again, or more than ${MOST_PAGES} pages. Check GITHUB_API_URL; behind a ` +
          "proxy, check what it does with page numbers.",
      );
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** An answer, or why there was none. */
async function ask(
  settings: GitHubSettings,
  method: Method,
  path: string,
  body: object | undefined,
): Promise<Answer | UserError> {
  const { apiUrl, token } = settings;
  try {
    const response = await fetch(apiUrl + path, {
      method,
      // Following a redirect would turn a POST into a GET.
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "queueit-cf",
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  } catch (error) {
    return new UserError(
      "github-unreachable",
      `GitHub did not answer ${method} ${path} at ${new URL(apiUrl).host} (${reasonOf(error)}). Check ` +
        "GITHUB_API_URL and the network, then run this again.",
    );
  }
}

/** What nothing that is sent or said may hold. */
function secretsOf({ token, secrets = [] }: GitHubSettings): readonly string[] {
  return [token, ...secrets];
}

/** Of what fetch says only this much: it may quote headers. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  if (error.name === "TimeoutError") return "no answer in time";
  const cause = error.cause ?? error;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : "no connection";
}

function checked<T>(call: string, body: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(body === "" ? undefined : JSON.parse(body));
  } catch (error) {
    const where = error instanceof z.ZodError ? (error.issues[0]?.path.join(".") ?? "") : "";
    throw new UserError(
      "github-answer",
      `What answered ${call} is not GitHub's API${where === "" ? "" : ` (look at ${where})`}. Check ` +
        "GITHUB_API_URL; behind a proxy, check what it lets through.",
    );
  }
}

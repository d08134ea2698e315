import pRetry from "p-retry";
import { z } from "zod";
import { jsonOf } from "../json/json-of.ts";
import type { CloudflareAccess } from "./read-api.ts";

/** The management API did not do what it was told; its message says why, in Cloudflare's words. */
export class WriteRefused extends Error {
  override readonly name = "WriteRefused";

  /** @param status Of the answer; undefined where none came. */
  constructor(
    readonly status: number | undefined,
    message: string,
  ) {
    super(message);
  }
}

export interface WriteCall {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Default: the call has none. */
  readonly body?: string | FormData;
  /** Of a body that is a text. */
  readonly contentType?: string;
}

const TIMEOUT_MS = 10_000;
const RETRIES = 4;
/** Characters of a message of Cloudflare that are passed on. */
const LONGEST_MESSAGE = 300;

const errors = z.object({ errors: z.array(z.object({ code: z.number(), message: z.string() })).min(1) });

/**
 * Writes by the management API, again where it is busy or fails. What is written twice must be as good as once; only a
 * POST is not repeated unless Cloudflare says that it did nothing (429).
 *
 * @returns What Cloudflare answers, read as JSON.
 * @throws WriteRefused when Cloudflare refuses it, or does not confirm it.
 */
export async function writeApi(
  path: string,
  { baseUrl, token }: CloudflareAccess,
  { method, body, contentType }: WriteCall,
): Promise<unknown> {
  const attempt = async (): Promise<unknown> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(contentType !== undefined && { "content-type": contentType }),
      },
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new WriteRefused(undefined, `Cloudflare did not answer at ${new URL(baseUrl).host}`);
    });
    const text = await response.text().catch(() => "");
    if (!response.ok) throw new WriteRefused(response.status, answerWords(response.status, text));
    return jsonOf(text);
  };
  return pRetry(attempt, {
    retries: RETRIES,
    minTimeout: 250,
    factor: 2,
    shouldRetry: ({ error }) => error instanceof WriteRefused && mayRepeat(method, error.status),
  });
}

function mayRepeat(method: WriteCall["method"], status: number | undefined): boolean {
  if (status === 429) return true;
  return method !== "POST" && (status === undefined || status >= 500);
}

function answerWords(status: number, text: string): string {
  const [first] = errors.safeParse(jsonOf(text)).data?.errors ?? [];
  const said = first === undefined ? "" : ` (${first.code}: ${first.message.slice(0, LONGEST_MESSAGE)})`;
  return `Cloudflare answered ${status}${said}`;
}

import { z } from "zod";
import type { CloudflareAccess } from "../account/read-api.ts";
import { jsonOf } from "../json/json-of.ts";

/** An answer of the management API, whatever it is. */
export interface ApiAnswer {
  readonly status: number;
  /** Of the first error; undefined where there is none. */
  readonly code: number | undefined;
  /** Undefined where the answer is not in the API's form. */
  readonly result: unknown;
}

const TIMEOUT_MS = 10_000;

const envelope = z.object({
  result: z.unknown().optional(),
  errors: z.array(z.object({ code: z.number() })).nullish(),
});

/**
 * Asks the management API once. A refusal is an answer too.
 *
 * @param body Of a call that is to be refused for it. Default: the call has none.
 * @throws Error when nothing answers in ten seconds.
 */
export async function askCloudflare(
  { baseUrl, token }: CloudflareAccess,
  path: string,
  { method = "GET", body }: { readonly method?: "GET" | "PUT" | "PATCH"; readonly body?: string } = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body }),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const parsed = envelope.safeParse(jsonOf(await response.text()));
  return {
    status: response.status,
    code: parsed.data?.errors?.[0]?.code,
    result: response.ok ? parsed.data?.result : undefined,
  };
}

/** Whether the token may not do what was asked. */
export function isRefused({ status }: ApiAnswer): boolean {
  return status === 401 || status === 403;
}

/** An answer for people: `403, code 10000`. */
export function answerWords({ status, code }: ApiAnswer): string {
  return code === undefined ? String(status) : `${status}, code ${code}`;
}

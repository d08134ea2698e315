import pRetry from "p-retry";
import type { z } from "zod";
import { UserError } from "../errors/user-error.ts";

export interface CloudflareAccess {
  /** Base URL of the management API. */
  readonly baseUrl: string;
  readonly token: string;
}

const TIMEOUT_MS = 10_000;
const RETRIES = 4;

/** Another attempt may be answered. */
class Busy extends Error {}

/**
 * Reads from the management API.
 *
 * @param permission What the token has to be allowed to do, in words.
 * @param schema What the answer has to be.
 * @throws UserError when Cloudflare does not tell.
 */
export async function readApi<T>(
  path: string,
  access: CloudflareAccess,
  permission: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const answer = await readIfThere(path, access, permission, schema);
  if (answer !== undefined) return answer;
  throw refusal(path, permission, "404");
}

/** As {@link readApi}; undefined where there is nothing of this name. */
export async function readIfThere<T>(
  path: string,
  access: CloudflareAccess,
  permission: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const parsed = async (response: Response): Promise<T> => {
    const body = await response.text();
    try {
      return schema.parse(JSON.parse(body));
    } catch {
      throw refusal(path, permission, "something that is not its API's");
    }
  };
  return ask(path, access, permission, parsed);
}

/**
 * Reads bytes that the management API hands out as they are.
 *
 * @param permission What the token has to be allowed to do, in words.
 * @returns The answer, or undefined where there is nothing of this name.
 * @throws UserError when Cloudflare does not tell.
 */
export function readRaw(
  path: string,
  access: CloudflareAccess,
  permission: string,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string } | undefined> {
  return ask(path, access, permission, async (response) => ({
    bytes: new Uint8Array(await response.arrayBuffer()),
    contentType: response.headers.get("content-type") ?? "",
  }));
}

/** Undefined for 404. */
async function ask<T>(
  path: string,
  { baseUrl, token }: CloudflareAccess,
  permission: string,
  read: (response: Response) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await pRetry(
      async () => {
        const response = await fetch(`${baseUrl}${path}`, {
          headers: { authorization: `Bearer ${token}` },
          redirect: "manual",
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.ok) return await read(response);
        await response.body?.cancel();
        const { status } = response;
        if (status === 429 || status >= 500) throw new Busy(String(status));
        if (status === 404) return undefined;
        throw refusal(path, permission, String(status));
      },
      { retries: RETRIES, minTimeout: 500, shouldRetry: ({ error }) => error instanceof Busy },
    );
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof Busy) throw refusal(path, permission, error.message);
    throw new UserError(
      "cloudflare-unreachable",
      `Cloudflare did not answer at ${new URL(baseUrl).host}. Check the network, and CLOUDFLARE_BASE_URL ` +
        "if it is set, then run this again.",
    );
  }
}

function refusal(path: string, permission: string, answer: string): UserError {
  return new UserError(
    "cloudflare-refused",
    `Cloudflare answered ${answer} to ${path.split("?", 1)[0] ?? path}. The token needs permission to ${permission}.`,
  );
}

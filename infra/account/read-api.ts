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
  { baseUrl, token }: CloudflareAccess,
  permission: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const refused = (answer: string) =>
    new UserError(
      "cloudflare-refused",
      `Cloudflare answered ${answer} to ${path.split("?", 1)[0] ?? path}. The token has to be allowed to ${permission}.`,
    );
  const parsed = (body: string): T => {
    try {
      return schema.parse(JSON.parse(body));
    } catch {
      throw refused("something that is not its API's");
    }
  };
  try {
    return await pRetry(
      async () => {
        const response = await fetch(`${baseUrl}${path}`, {
          headers: { authorization: `Bearer ${token}` },
          redirect: "manual",
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.ok) return parsed(await response.text());
        await response.body?.cancel();
        if (response.status === 429 || response.status >= 500) throw new Busy(String(response.status));
        throw refused(String(response.status));
      },
      { retries: RETRIES, minTimeout: 500, shouldRetry: ({ error }) => error instanceof Busy },
    );
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof Busy) throw refused(error.message);
    throw new UserError(
      "cloudflare-unreachable",
      `Cloudflare did not answer at ${new URL(baseUrl).host}. Check the network, and CLOUDFLARE_BASE_URL where it is set, then ` +
        "run this again.",
    );
  }
}

import { UserError } from "../errors/user-error.ts";

const TIMEOUT_MS = 5000;

/**
 * Makes sure that the Cloudflare on this machine runs: otherwise each of its callers would say so, in words
 * of its own.
 *
 * @param baseUrl Of its management API.
 * @throws UserError when nothing answers there.
 */
export async function requireLocalCloudflare(baseUrl: string): Promise<void> {
  try {
    const answer = await fetch(baseUrl, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.body?.cancel();
  } catch {
    throw new UserError(
      "local-not-running",
      `The local Cloudflare does not answer at ${baseUrl}, which CLOUDFLARE_BASE_URL points to: it was ` +
        "stopped, or is now on another port. Nothing was changed. For the real Cloudflare, unset " +
        "CLOUDFLARE_BASE_URL; for the local one, start it again and paste the lines that it prints: " +
        "npx queueit-cf local",
    );
  }
}

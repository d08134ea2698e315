import { z } from "zod";
import type { Running } from "../../infra/commands/terraform-project.ts";

const readySchema = z.object({ variables: z.record(z.string(), z.string()) });

/** Resolves when a local Cloudflare has said where it is, or has ended. */
export async function untilReadyOrEnded(local: Running): Promise<void> {
  const said = new Promise((resolve) => local.child.stdout?.once("data", resolve));
  await Promise.race([said, local.ended()]);
}

/**
 * Makes one namespace after the other, as fast as they are answered.
 *
 * @returns The titles of those that were.
 */
export async function changeWhileItRuns(local: Running, prefix: string): Promise<readonly string[]> {
  const made: string[] = [];
  await untilReadyOrEnded(local);
  if (!local.stdout.includes("\n")) return made;
  const ready = readySchema.safeParse(JSON.parse(local.stdout.split("\n", 1)[0] ?? ""));
  // What ends it before it is ready is said as JSON, too.
  if (!ready.success) return made;
  const {
    CLOUDFLARE_BASE_URL: base,
    CLOUDFLARE_ACCOUNT_ID: account,
    CLOUDFLARE_API_TOKEN: token,
  } = ready.data.variables;
  for (;;) {
    const title = `${prefix}-${made.length}`;
    try {
      const response = await fetch(`${base}/accounts/${account}/storage/kv/namespaces`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ title }),
      });
      if (response.status !== 200) return made;
      await response.text();
      made.push(title);
    } catch {
      return made;
    }
  }
}

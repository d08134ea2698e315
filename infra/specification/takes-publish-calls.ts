import { parsePattern } from "../cloudflare/route-pattern.ts";
import { winnerOf } from "../cloudflare/route-table.ts";
import type { ConnectorSpec } from "./specification.ts";

/** Whether the routes of the environment hand a publish call to its Worker, once they are all there. */
export function takesPublishCalls({
  publishUrl,
  routes,
}: Pick<ConnectorSpec, "publishUrl" | "routes">): boolean {
  const parsed = routes.flatMap(({ kind, pattern: text }) => {
    const result = parsePattern(text);
    return result.ok ? [{ kind, pattern: result.pattern }] : [];
  });
  return winnerOf(parsed, new URL(publishUrl))?.kind === "protect";
}

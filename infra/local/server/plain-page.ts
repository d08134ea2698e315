import { zoneSpelling } from "../../cloudflare/hostname.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";

export interface PlainPageOptions {
  readonly account: Pick<LocalAccount, "id" | "zones" | "scripts" | "routes">;
  /** How a browser on this machine reaches a real URL. */
  readonly localUrl: (realUrl: string) => string;
}

/**
 * What is at localhost where no environment is there to show: the zones and where they are reached, the Workers and
 * the routes, as plain text. It tells names only.
 */
export function plainPage({ account, localUrl }: PlainPageOptions): (request: Request) => Response {
  return (request) => {
    const [status, text] = answerTo(request);
    return new Response(text, {
      status,
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  };

  function answerTo({ method, url }: Request): readonly [status: number, text: string] {
    if (new URL(url).pathname !== "/") return [404, "There is only one page here: /\n"];
    return method === "GET" || method === "HEAD" ? [200, page()] : [405, "This page can only be read.\n"];
  }

  function page(): string {
    const { zones, scripts, routes } = account;
    return [
      `A local Cloudflare. Account ${account.id}.`,
      ...list(
        "Zones",
        zones.map(({ id, name }) => `${zoneSpelling(name)}  ${id}  ${localUrl(`https://${name}/`)}`),
      ),
      ...list(
        "Workers",
        scripts.map(({ name }) => name),
      ),
      ...list(
        "Routes",
        routes.map(({ pattern, script = "no Worker" }) => `${pattern}  ${script}`),
      ),
    ].join("\n");
  }
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return ["", title, ...(lines.length === 0 ? ["  none"] : lines.map((line) => `  ${line}`)), ""];
}

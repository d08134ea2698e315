import { patternOf } from "../../../cloudflare/route-pattern.ts";
import type { ExplainedAction } from "../../../plan/routing.ts";
import { environmentPages } from "../../sites/environment-pages.ts";
import { namedPaths } from "../../sites/named-paths.ts";
import { routedSites } from "../../sites/routed-sites.ts";
import type { IntegrationConfiguration } from "../../../../worker/configuration/integration-configuration.ts";
import type { Target } from "../../../specification/target.ts";
import { parsedUrl } from "../../../url/parsed-url.ts";

/** What visitors of the sites can open. Real https addresses. */
export interface SitePages {
  /** Pages whose visitors queue, with the waiting room of each. At least one. */
  readonly queued: readonly { readonly url: string; readonly room: string }[];
  /** Pages that the Worker sees and leaves alone. */
  readonly open: readonly string[];
  /** What a page loads and no Worker sees. */
  readonly assets: readonly string[];
  readonly hosts: readonly string[];
}

/** Where one address goes. */
export interface Whereabouts {
  /** Whether a route gives it to the Worker. */
  readonly toWorker: (url: URL) => boolean;
  readonly actionAt: (url: URL) => ExplainedAction | undefined;
}

/** Pages of an environment's sites, by what its routes and its integration configuration make of each. */
export function sitePagesOf(
  target: Target,
  configuration: IntegrationConfiguration,
  { toWorker, actionAt }: Whereabouts,
): SitePages {
  const sites = routedSites(target);
  const named = sites.hostnames.flatMap((host) =>
    namedPaths(configuration).map((path) => new URL(path, `https://${host}`).href),
  );
  const candidates = [
    ...new Set([
      ...environmentPages(sites)
        .map(({ url }) => url)
        .filter((url) => url !== ""),
      ...named,
    ]),
  ].filter((url) => parsedUrl(url) !== undefined);
  const queued: { url: string; room: string }[] = [];
  const open: string[] = [];
  const assets: string[] = [];
  for (const address of candidates) {
    const url = new URL(address);
    if (!sites.hostnames.includes(url.hostname)) continue;
    if (!toWorker(url)) {
      assets.push(url.href);
      continue;
    }
    const action = actionAt(url);
    const room = typeof action === "object" && action.type === "Queue" ? action.waitingRoom : undefined;
    if (room !== undefined) queued.push({ url: url.href, room: room.toLowerCase() });
    else if (action === "none" || (typeof action === "object" && action.type !== "Cancel"))
      open.push(url.href);
  }
  for (const { kind, pattern } of target.spec.routes) {
    const { host = "", path = "", pathWildcard = false } = patternOf(pattern) ?? {};
    const url = `https://${host}${path}rehearsal.css`;
    if (kind !== "bypass" || !pathWildcard || !path.endsWith("/") || !sites.hostnames.includes(host))
      continue;
    if (!toWorker(new URL(url))) assets.push(url);
  }
  return { queued, open, assets: [...new Set(assets)], hosts: sites.hostnames };
}

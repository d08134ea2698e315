import type { Edge } from "../cloudflare/edge/edge.ts";
import type { ShopGuide } from "../shop/guide.ts";

/** An address to open, as a browser on this machine reaches it. */
export interface PreviewLink {
  /** Hostname of the site. */
  readonly site: string;
  readonly label: string;
  readonly url: string;
  /** What to expect, and which route and action are the cause. */
  readonly explains: string;
}

/** Everything there is to try, on every site. */
export function previewLinks(
  hostnames: readonly string[],
  guide: Pick<ShopGuide, "casesOf">,
  localUrl: Edge["localUrl"],
): readonly PreviewLink[] {
  return hostnames.flatMap((hostname) =>
    guide.casesOf(hostname).map(({ label, path, explains, cause }) => ({
      site: hostname,
      label,
      url: localUrl(`https://${hostname}${path}`),
      explains: `${explains} ${cause}`,
    })),
  );
}

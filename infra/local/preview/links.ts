import type { Site } from "../../environments/environment.ts";
import type { Edge } from "../cloudflare/edge.ts";
import { DEMO_CASES } from "../shop/cases.ts";

/** An address to open, as a browser on this machine reaches it. */
export interface PreviewLink {
  readonly label: string;
  readonly url: string;
  readonly explains: string;
}

/** Every case of the demo, on every site. */
export function previewLinks(sites: readonly Site[], localUrl: Edge["localUrl"]): readonly PreviewLink[] {
  return sites.flatMap(({ hostname }) =>
    DEMO_CASES.map(({ label, path, explains }) => ({
      label: sites.length > 1 ? `${label} · ${hostname}` : label,
      url: localUrl(`https://${hostname}${path}`),
      explains,
    })),
  );
}

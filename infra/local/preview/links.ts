import type { Site } from "../../environments/environment.ts";
import type { Edge } from "../cloudflare/edge.ts";
import { DEMO_CASES } from "../shop/cases.ts";

/** An address to open, as a browser on this machine reaches it. */
export interface PreviewLink {
  readonly label: string;
  readonly url: string;
  readonly explains: string;
}

/** What there is to see: the dashboard, then every case of the demo on every site. */
export function previewLinks(
  sites: readonly Site[],
  edge: Pick<Edge, "localUrl" | "port">,
): readonly PreviewLink[] {
  const cases = sites.flatMap(({ hostname }) =>
    DEMO_CASES.map(({ label, path, explains }) => ({
      label: sites.length > 1 ? `${label} · ${hostname}` : label,
      url: edge.localUrl(`https://${hostname}${path}`),
      explains,
    })),
  );
  return [
    {
      label: "Dashboard",
      url: `http://localhost:${edge.port}/`,
      explains: "Every request as it happens, the queue's speed, and the integration configuration to edit.",
    },
    ...cases,
  ];
}

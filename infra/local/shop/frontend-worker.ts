import { BUNDLE_COMPATIBILITY_DATE } from "../../cloudflare/compatibility-date.ts";
import type { Script } from "../cloudflare/account/model.ts";

/** Header that the stand-in adds to what it answers: its name. */
export const FRONTEND_HEADER = "x-shop-worker";

/**
 * Stands for a Worker of the shop's own: it asks the site, adds a header, and writes at the end of each page that it
 * had it.
 */
export function frontendWorker(name: string): Script {
  return {
    name,
    mainModule: "frontend.mjs",
    content: `
const NAME = ${JSON.stringify(name)};
export default {
  async fetch(request) {
    const answer = await fetch(request);
    if (answer.webSocket) return answer;
    const response = new Response(answer.body, answer);
    response.headers.set(${JSON.stringify(FRONTEND_HEADER)}, NAME);
    if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
    return new HTMLRewriter()
      .on("body", { element: (body) => void body.append(\`<p data-worker>This page came through the Worker \${NAME}.</p>\`, { html: true }) })
      .transform(response);
  },
};
`,
    format: "es-module",
    compatibilityDate: BUNDLE_COMPATIBILITY_DATE,
    compatibilityFlags: [],
    bindings: [],
  };
}

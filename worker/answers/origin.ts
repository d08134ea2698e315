import { logError, logWarning } from "../runtime/log.ts";
import type { ServiceBinding } from "../runtime/platform.ts";
import { badGateway, passOn } from "./response.ts";

/** A request that goes on to the origin, and what is added to the answer. */
export interface Passage {
  readonly request: Request;
  /** The URL to ask the origin for. */
  readonly url: string;
  /** Values for `Set-Cookie` headers, added to the origin's own. */
  readonly cookies: readonly string[];
  /** Whether the connector failed and the site answers in its place. */
  readonly failed: boolean;
  /** The Worker that answers in place of the origin; undefined where the origin answers. */
  readonly chained: ServiceBinding | undefined;
}

/**
 * Asks the origin, or the chained Worker in its place, once. Never throws of its own: a second attempt by the
 * runtime could send a form twice.
 * @throws What the chained Worker throws: visitors then get what they would get of that Worker alone.
 */
export async function fetchOrigin({ request, url, cookies, failed, chained }: Passage): Promise<Response> {
  let origin: Response;
  try {
    const asked = url === request.url ? request : withUrl(request, url);
    origin = await (chained === undefined ? fetch(asked) : chained.fetch(asked));
  } catch (error) {
    if (chained !== undefined) {
      logError({ event: "failed-origin", reason: "chained-worker-threw" });
      throw error;
    }
    if (request.body === null) logError({ event: "failed-origin", reason: "origin-unreachable" });
    // The runtime says the same of a visitor who goes away half-way as of a site that closes.
    else logWarning({ event: "upload-broken-off", reason: "visitor-or-origin" });
    return badGateway("unreachable");
  }
  // Informational answers are not final, and an upgrade to anything but a WebSocket cannot be carried on.
  if (origin.status < 200 && !isWebSocket(origin)) {
    logError({
      event: "failed-origin",
      reason: "origin-answer-unusable",
      detail: `Status ${origin.status}.`,
    });
    origin.body?.cancel().catch(() => undefined);
    return badGateway("unusable");
  }
  return passOn(origin, cookies, failed);
}

/** The runtime takes hosts that no URL can have; such a request goes on as it came. */
function withUrl(request: Request, url: string): Request {
  try {
    return new Request(url, request);
  } catch {
    return request;
  }
}

function isWebSocket(response: Response): boolean {
  return "webSocket" in response && response.webSocket !== null;
}

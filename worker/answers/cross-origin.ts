import { TOKEN_HEADER } from "../validation/queue-token.ts";
import { AJAX_HEADER } from "../validation/sdk-context.ts";
import { letRead, OWN_ANSWER } from "./response.ts";

/** Allows scripts of an origin the connector's own headers; browsers need not ask again for ten minutes. */
export function allowOwnHeaders(origin: string): Response {
  const headers = new Headers({
    ...OWN_ANSWER,
    "access-control-allow-headers": `${AJAX_HEADER},${TOKEN_HEADER}`,
    "access-control-max-age": "600",
  });
  letRead(headers, origin);
  return new Response(null, { status: 204, headers });
}

/** What a browser looks at in the answer to a preflight. */
const LOOKED_AT = /^(?:access-control-|vary$|x-queueit-)/;

/**
 * Of the site's answer to a preflight what a browser looks at: a site that answers OPTIONS as it answers GET
 * gives its page to nobody that way.
 */
export function forPreflight({ status, headers, body }: Response): Response {
  body?.cancel().catch(() => undefined);
  const kept = [...headers].filter(([name]) => LOOKED_AT.test(name));
  // A site may answer with a status that no response can be made with.
  return new Response(null, { status: Math.min(status, 599), headers: kept });
}

import { logError } from "./log.ts";
import type { Context } from "./platform.ts";
import { badGateway, passOn } from "./response.ts";
import type { Upload } from "./upload.ts";

/** A request that goes on to the origin, and what is added to the answer. */
export interface Passage {
  readonly request: Request;
  readonly upload: Upload;
  /** The URL to ask the origin for. */
  readonly url: string;
  /** Values for `Set-Cookie` headers, added to the origin's own. */
  readonly cookies: readonly string[];
  /** Whether the connector failed and the site answers in its place. */
  readonly failed: boolean;
}

/** Asks the origin, once. Never throws: a second attempt by the runtime could send a form twice. */
export async function fetchOrigin(passage: Passage, context: Context): Promise<Response> {
  let origin: Response;
  try {
    origin = await fetch(originRequest(passage, context));
  } catch {
    logError({ event: "failed-origin", reason: "origin-unreachable" });
    return badGateway();
  }
  return passOn(origin, passage.cookies, passage.failed);
}

function originRequest({ request, upload, url }: Passage, context: Context): Request {
  if (!upload.touched) return url === request.url ? request : new Request(url, request);
  const { body, done } = upload.reassembled();
  context.waitUntil(done);
  const { method, headers } = request;
  // Streams need `duplex` outside of Cloudflare; redirects are for the visitor to follow.
  const init = { method, headers, body, redirect: "manual", duplex: "half" } as const;
  return new Request(url, init);
}

import { type Listener, listen } from "../http/listen.ts";
import { sendResponse, toRequest } from "../http/node-http.ts";
import { refuse } from "./envelope.ts";
import { API_BASE, type ManagementApiOptions, createManagementApi } from "./management-api.ts";

export interface StartManagementApiOptions extends ManagementApiOptions {
  /** Port on loopback; 0 for any free one. */
  readonly port: number;
  /**
   * Answers what is not Cloudflare's own API; undefined for a request that is.
   * @default nothing is answered beside it
   */
  readonly beside?: (request: Request) => Promise<Response> | undefined;
}

export interface RunningManagementApi extends Listener {
  /** What `CLOUDFLARE_BASE_URL` and `CLOUDFLARE_API_BASE_URL` have to be. */
  readonly baseUrl: string;
}

/** Bytes: the largest body that any call takes, and some. */
const MOST_LEFT = 128 * 1024 * 1024;

/**
 * Reads what an answer left of its request's body, and forgets it: the connection's next request comes behind it,
 * and would wait until the connection ends.
 *
 * @returns False where there is more than anybody sends.
 */
async function readRest({ body }: Request): Promise<boolean> {
  if (body === null || body.locked) return true;
  let left = MOST_LEFT;
  for await (const chunk of (body as ReadableStream<Uint8Array>).values({ preventCancel: true })) {
    left -= chunk.byteLength;
    if (left < 0) return false;
  }
  return true;
}

/** Methods that a Request can have and the API may know. */
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Serves the management API on this machine alone.
 *
 * @throws UserError when the port is taken.
 */
export async function startManagementApi(options: StartManagementApiOptions): Promise<RunningManagementApi> {
  const api = createManagementApi(options);
  const listener = await listen(options.port, (incoming, outgoing, port) => {
    const target = incoming.url ?? "/";
    if (!METHODS.has(incoming.method ?? "GET")) {
      const message = "Method not available for that URI.";
      sendResponse(refuse({ status: 405, code: 7001, message }), outgoing).catch(() => outgoing.destroy());
      return;
    }
    const url = `http://127.0.0.1:${port}${target.startsWith("/") ? target : "/"}`;
    Promise.resolve()
      .then(async () => {
        const request = toRequest(incoming, outgoing, url);
        await sendResponse(await (options.beside?.(request) ?? api.fetch(request)), outgoing);
        if (!(await readRest(request))) incoming.destroy();
      })
      // A connection that breaks while an answer is under way has nobody left to tell.
      .catch(() => outgoing.destroy());
  });
  return { ...listener, baseUrl: `http://127.0.0.1:${listener.port}${API_BASE}` };
}

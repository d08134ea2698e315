import { type Listener, listen } from "../http/listen.ts";
import { sendResponse, toRequest } from "../http/node-http.ts";
import { refuse } from "./envelope.ts";
import { API_BASE, type ManagementApiOptions, createManagementApi } from "./management-api.ts";

export interface StartManagementApiOptions extends ManagementApiOptions {
  /** Port on loopback; 0 for any free one. */
  readonly port: number;
}

export interface RunningManagementApi extends Listener {
  /** What `CLOUDFLARE_BASE_URL` and `CLOUDFLARE_API_BASE_URL` have to be. */
  readonly baseUrl: string;
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
      .then(() => api.fetch(toRequest(incoming, outgoing, url)))
      .then((response) => sendResponse(response, outgoing))
      // A connection that breaks while an answer is under way has nobody left to tell.
      .catch(() => outgoing.destroy());
  });
  return { ...listener, baseUrl: `http://127.0.0.1:${listener.port}${API_BASE}` };
}

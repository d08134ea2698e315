import { text } from "node:stream/consumers";
import { API_BASE, createManagementApi } from "../../infra/local/cloudflare/api/management-api.ts";
import type { LocalAccount } from "../../infra/local/cloudflare/account/account.ts";
import { listen } from "../../infra/local/cloudflare/http/listen.ts";
import { sendResponse } from "../../infra/local/cloudflare/http/node-http.ts";
import type { Exchange } from "./fixture-text.ts";

export interface RecordingApi {
  /** What `CLOUDFLARE_BASE_URL` has to be. */
  readonly baseUrl: string;
  /** The exchanges since this was called last, in order. */
  readonly take: () => readonly Exchange[];
  readonly close: () => Promise<void>;
}

/** The local Cloudflare's management API over HTTP, which keeps what it was asked and what it answered. */
export async function startRecordingApi(account: LocalAccount, token: string): Promise<RecordingApi> {
  const api = createManagementApi({ account, token, log: () => undefined });
  let exchanges: Exchange[] = [];
  const listener = await listen(0, (incoming, outgoing, port) => {
    const { method = "GET", url: target = "/", headers } = incoming;
    const answer = async () => {
      const body = await text(incoming);
      const contentType = headers["content-type"];
      const response = await api.fetch(
        new Request(`http://127.0.0.1:${port}${target}`, {
          method,
          headers: {
            ...(headers.authorization !== undefined && { authorization: headers.authorization }),
            ...(contentType !== undefined && { "content-type": contentType }),
          },
          ...(body !== "" && { body }),
        }),
      );
      const answered = await response.clone().text();
      exchanges.push({
        request: {
          method,
          path: target.startsWith(API_BASE) ? target.slice(API_BASE.length) : target,
          ...(contentType !== undefined && { contentType }),
          ...(body !== "" && { body }),
        },
        response: { status: response.status, body: answered },
      });
      await sendResponse(response, outgoing);
    };
    answer().catch(() => outgoing.destroy());
  });
  return {
    baseUrl: `http://127.0.0.1:${listener.port}${API_BASE}`,
    take: () => {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    close: listener.close,
  };
}

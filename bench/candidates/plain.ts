import {
  DefaultEnqueueTokenProvider,
  KnownUser,
  type IConnectorContextProvider,
} from "@queue-it/connector-javascript";
import { Payload, Token } from "@queue-it/queue-token";
import { createHmac } from "node:crypto";

interface PlainEnv {
  readonly IntegrationConfigKV: { get(key: string): Promise<string | null> };
  readonly QUEUEIT_CUSTOMER_ID: string;
  readonly QUEUEIT_SECRET_KEY: string;
  readonly QUEUEIT_ENQT_ENABLED?: string;
  /** Whether bodies are read: the vendor's connectors have it switched on by hand. */
  readonly READ_BODY?: string;
}

/** The plain way to use the SDK: the configuration from KV and all of it to the SDK, on every request. */
export default {
  async fetch(request: Request, env: PlainEnv): Promise<Response> {
    const configuration = (await env.IntegrationConfigKV.get("info")) ?? "";
    const body = env.READ_BODY === "true" ? (await request.clone().text()).substring(0, 2048) : "";
    const url = new URL(request.url);
    const queueToken = url.searchParams.get("queueittoken") ?? "";
    const pageUrl = request.url.replace(/([?&])queueittoken=[^&]*/i, "");
    const setCookies: string[] = [];
    const result = await KnownUser.validateRequestByIntegrationConfig(
      pageUrl,
      queueToken,
      configuration,
      env.QUEUEIT_CUSTOMER_ID,
      env.QUEUEIT_SECRET_KEY,
      contextOf(request, env, body, setCookies),
    );
    const response = result.doRedirect()
      ? redirect(result.isAjaxResult, result.getAjaxRedirectUrl(), result.redirectUrl)
      : pageUrl !== request.url && result.actionType === "Queue"
        ? redirect(false, "", pageUrl)
        : new Response((await fetch(request)).body);
    for (const cookie of setCookies) response.headers.append("set-cookie", cookie);
    return response;
  },
};

function redirect(isAjax: boolean, ajaxUrl: string, url: string): Response {
  const headers = { "cache-control": "no-cache, no-store, must-revalidate, max-age=0" };
  if (isAjax) return new Response(null, { headers: { ...headers, "x-queueit-redirect": ajaxUrl } });
  return new Response(null, { status: 302, headers: { ...headers, location: url } });
}

function contextOf(
  request: Request,
  env: PlainEnv,
  body: string,
  setCookies: string[],
): IConnectorContextProvider {
  const header = (name: string): string => request.headers.get(name) ?? "";
  return {
    getHttpRequest: () => ({
      getUserAgent: () => header("user-agent"),
      getHeader: header,
      getAbsoluteUri: () => request.url,
      getUserHostAddress: () => header("cf-connecting-ip"),
      getCookieValue: (name) => {
        const pair = header("cookie")
          .split(";")
          .find((candidate) => candidate.trim().startsWith(`${name}=`));
        return pair === undefined ? "" : decodeURIComponent(pair.slice(pair.indexOf("=") + 1));
      },
      getRequestBodyAsString: () => body,
    }),
    getHttpResponse: () => ({
      setCookie(name, value, domain, expires) {
        const until = new Date(expires * 1000).toUTCString();
        setCookies.push(`${name}=${encodeURIComponent(value)}; expires=${until}; domain=${domain}; path=/`);
      },
    }),
    getCryptoProvider: () => ({
      getSha256Hash: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
    }),
    getEnqueueTokenProvider: () =>
      env.QUEUEIT_ENQT_ENABLED === "true"
        ? new DefaultEnqueueTokenProvider(
            env.QUEUEIT_CUSTOMER_ID,
            env.QUEUEIT_SECRET_KEY,
            240_000,
            header("cf-connecting-ip"),
            false,
            Token,
            Payload,
          )
        : null,
  };
}

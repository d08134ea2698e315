import { createHmac } from "node:crypto";
import { KnownUser } from "@queue-it/connector-javascript";
import { SECRET_KEY } from "./fixture.ts";

/** A visitor's request, as far as the SDK looks at it. */
export interface SdkRequest {
  readonly url: string;
  readonly token?: string;
  readonly body?: string;
  readonly cookies?: ReadonlyMap<string, string>;
}

/** Asks the real SDK what to do with a request, as the Worker does. */
export async function askSdk(request: SdkRequest, configuration: string) {
  const cookies = new Map(request.cookies);
  const result = await KnownUser.validateRequestByIntegrationConfig(
    request.url,
    request.token ?? "",
    configuration,
    "acme",
    SECRET_KEY,
    {
      getHttpRequest: () => ({
        getUserAgent: () => "",
        getHeader: () => "",
        getAbsoluteUri: () => request.url,
        getUserHostAddress: () => "192.0.2.1",
        getCookieValue: (name) => cookies.get(name),
        getRequestBodyAsString: () => request.body ?? "",
      }),
      getHttpResponse: () => ({
        setCookie: (name, value) => {
          cookies.set(name, value);
        },
      }),
      getCryptoProvider: () => ({
        getSha256Hash: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
      }),
      getEnqueueTokenProvider: () => null,
    },
  );
  return { action: result.actionName, redirectUrl: result.redirectUrl || undefined, cookies };
}

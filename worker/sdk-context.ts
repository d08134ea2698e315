import type {
  IConnectorContextProvider,
  IHttpRequest,
} from "@queue-it/connector-javascript/dist/connectorContextProvider.js";
import { clientIpOf } from "./client-ip.ts";
import type { Connector } from "./connector.ts";
import { serializeCookie, type OutgoingCookie } from "./cookies.ts";
import { directPassProvider } from "./direct-pass.ts";
import type { Settings } from "./settings.ts";
import { verifyActionService } from "./verify-action.ts";
import type { Visit } from "./visit.ts";

/** Browsers drop a cookie that is longer than this, name, value and attributes together. */
const MAX_COOKIE_LENGTH = 4000;
const DEBUG_COOKIE = "queueitdebug";

/** Stands for the enqueue token in the SDK's address: the SDK wants it at once, the runtime encrypts in its own time. */
export const ENQUEUE_TOKEN_PLACE = "made-later";

/** What the SDK is given for one request, and the cookies it asked for. */
export interface SdkContext {
  readonly provider: IConnectorContextProvider;
  /** Values for `Set-Cookie` headers; of several cookies with one name only the last. */
  readonly cookies: () => readonly string[];
  /** Waiting room that the SDK wanted an enqueue token for, if it did. */
  readonly enqueueTokenFor: () => string | undefined;
}

/** Builds the SDK's view of one request. None of its functions throws because of what a visitor sent. */
export function createSdkContext(visit: Visit, { settings, sign }: Connector): SdkContext {
  const cookies = new Map<string, string>();
  let enqueueTokenFor: string | undefined;
  const request = createSdkRequest(visit, settings);
  return {
    cookies: () => [...cookies.values()],
    enqueueTokenFor: () => enqueueTokenFor,
    provider: {
      getHttpRequest: () => request,
      getHttpResponse: () => ({
        setCookie(name, value, domain, expires, httpOnly, secure) {
          cookies.set(name, writeCookie({ name, value, domain, expires, httpOnly, secure }));
        },
      }),
      // The SDK passes the secret key along; it is already in the signer.
      getCryptoProvider: () => ({ getSha256Hash: (_secretKey, text) => sign(text) }),
      getEnqueueTokenProvider: () =>
        settings.enqueueToken === undefined
          ? null
          : {
              getEnqueueToken(waitingRoomId) {
                enqueueTokenFor = waitingRoomId;
                return ENQUEUE_TOKEN_PLACE;
              },
            },
      getVerifyActionService: () => verifyActionService(visit, settings),
      // The SDK asks whether there is a provider; its type does not say so.
      ...(settings.directPass && { getDirectActionProvider: directPassProvider(settings.directPass) }),
    },
  };
}

function createSdkRequest(visit: Visit, settings: Settings): IHttpRequest {
  return {
    getUserAgent: () => visit.header("user-agent"),
    getHeader: (name) => visit.header(name),
    getAbsoluteUri: () => visit.request.url,
    getUserHostAddress: () => clientIpOf(visit, settings),
    getCookieValue: (name) => visit.cookie(name),
    getRequestBodyAsString: () => visit.body.value,
  };
}

/**
 * Writes a cookie, with two corrections.
 *
 * The SDK 5.0.1 signs a session cookie over the lower-cased waiting room id, stores the id as it is configured and
 * checks the signature over the stored one: with `Event1` its own cookie is refused and the visitor queues for
 * ever. Storing the lower-cased id makes the signature fit. Reading stays as it is, so nothing else is accepted.
 *
 * The cookie of a diagnostics token repeats the URL several times; cut, it still reaches the browser.
 */
function writeCookie(cookie: OutgoingCookie): string {
  if (cookie.name !== DEBUG_COOKIE) {
    const value = cookie.value.replace(
      /^EventId=[^&]*/,
      (field) => `EventId=${field.slice(8).toLowerCase()}`,
    );
    return serializeCookie({ ...cookie, value });
  }
  let value = cookie.value.slice(0, MAX_COOKIE_LENGTH);
  let text = serializeCookie({ ...cookie, value });
  while (text.length > MAX_COOKIE_LENGTH) {
    // A character takes up to nine when encoded: this many can go without cutting too much.
    value = value.slice(0, -Math.ceil((text.length - MAX_COOKIE_LENGTH) / 9));
    text = serializeCookie({ ...cookie, value });
  }
  return text;
}

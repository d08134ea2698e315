import type {
  IConnectorContextProvider,
  ICryptoProvider,
  IEnqueueTokenProvider,
  IHttpRequest,
  IHttpResponse,
  IVerifyActionService,
} from "@queue-it/connector-javascript/dist/connectorContextProvider.js";
import type { IDirectActionProvider } from "@queue-it/connector-javascript/dist/DirectActions/index.js";
import { clientIpOf } from "../visitor/client-ip.ts";
import type { Connector } from "../isolate/connector.ts";
import { serializeCookie, type OutgoingCookie } from "../visitor/cookies.ts";
import { directPassProvider } from "./direct-pass.ts";
import { decode, encode } from "../encoding/percent-encoding.ts";
import { presentCookie, sealSession } from "./session-cookie.ts";
import { verifyActionService } from "./verify-action.ts";
import type { Visit } from "../visitor/visit.ts";

/** Browsers drop a cookie that is longer than this, name, value and attributes together. */
const MAX_COOKIE_LENGTH = 4000;
const DEBUG_COOKIE = "queueitdebug";

/** Header of a script's request, as the SDK names it. */
export const AJAX_HEADER = "x-queueit-ajaxpageurl";

/**
 * Stands for the enqueue token in the SDK's address: the SDK wants it at once, the runtime encrypts in its
 * own time.
 */
export const ENQUEUE_TOKEN_PLACE = "made-later";

/**
 * The SDK's view of one request, and what the SDK asked for. One object plays all of the SDK's parts, because
 * every object made per request is paid for by every page view. None of its methods throws because of what a
 * visitor sent.
 */
export class SdkContext
  implements IConnectorContextProvider, IHttpRequest, IHttpResponse, ICryptoProvider, IEnqueueTokenProvider
{
  readonly #visit: Visit;
  readonly #connector: Connector;
  #cookies: Map<string, string> | undefined;
  /** Waiting room that the SDK wanted an enqueue token for, if it did. */
  enqueueTokenFor: string | undefined;
  /** Whether an endpoint that was to be asked failed, and counts as having agreed. */
  failedOpen = false;

  constructor(visit: Visit, connector: Connector) {
    this.#visit = visit;
    this.#connector = connector;
  }

  /** Values for `Set-Cookie` headers; of several cookies with one name only the last. */
  get cookies(): readonly string[] {
    return this.#cookies === undefined ? NO_COOKIES : [...this.#cookies.values()];
  }

  getHttpRequest(): IHttpRequest {
    return this;
  }

  getHttpResponse(): IHttpResponse {
    return this;
  }

  getCryptoProvider(): ICryptoProvider {
    return this;
  }

  getEnqueueTokenProvider(): IEnqueueTokenProvider | null {
    return this.#connector.settings.enqueueToken === undefined ? null : this;
  }

  getVerifyActionService(): IVerifyActionService {
    return verifyActionService(this.#visit, this.#connector.settings, () => {
      this.failedOpen = true;
    });
  }

  /** The SDK asks whether there is a provider; its type does not say so. */
  getDirectActionProvider(): IDirectActionProvider {
    const { directPass, failureMode } = this.#connector.settings;
    return (directPass === undefined
      ? null
      : directPassProvider(directPass, failureMode)) as unknown as IDirectActionProvider;
  }

  getUserAgent(): string {
    return this.#visit.header("user-agent");
  }

  getHeader(name: string): string {
    const value = this.#visit.header(name);
    return name === AJAX_HEADER ? pageOfModestSize(value) : value;
  }

  getAbsoluteUri(): string {
    return this.#visit.request.url;
  }

  getUserHostAddress(): string {
    return clientIpOf(this.#visit, this.#connector.settings);
  }

  getCookieValue(name: string): string | undefined {
    return presentCookie(name, this.#visit.cookie(name), this.#connector.sign);
  }

  getRequestBodyAsString(): string {
    return this.#visit.body.value;
  }

  setCookie(
    name: string,
    value: string,
    domain: string,
    expires: number,
    httpOnly: boolean,
    secure: boolean,
  ): void {
    this.#cookies ??= new Map();
    const cookie = { name, value, domain, expires, httpOnly, secure };
    this.#cookies.set(name, name === DEBUG_COOKIE ? writeDebugCookie(cookie) : this.#writeSession(cookie));
  }

  /** The SDK passes the secret key along; it is already in the signer. */
  getSha256Hash(_secretKey: string, text: string): string {
    return this.#connector.sign(text);
  }

  getEnqueueToken(waitingRoomId: string): string {
    this.enqueueTokenFor = waitingRoomId;
    return ENQUEUE_TOKEN_PLACE;
  }

  /**
   * The SDK 5.0.1 signs a session cookie over the lower-cased waiting room id, stores the id as it is
   * configured and checks the signature over the stored one: with `Event1` its own cookie is refused and the
   * visitor queues for ever. Storing the lower-cased id makes the signature fit.
   */
  #writeSession(cookie: OutgoingCookie): string {
    const value = sealSession(withLowerCaseId(cookie.value), this.#connector.sign);
    return serializeCookie({ ...cookie, value });
  }
}

const NO_COOKIES: readonly string[] = [];

/** Characters that the page's address may take in the header that answers a script. */
const LONGEST_PAGE = 8192;

/**
 * The page that a script names, which is repeated encoded twice and grows up to ten times. One that would be
 * too long is replaced by a text that the SDK cannot decode: it then sends the visitor to Queue-it without a
 * page to come back to.
 */
function pageOfModestSize(page: string): string {
  return page.length > LONGEST_PAGE || encode(encode(decode(page))).length > LONGEST_PAGE ? "%" : page;
}

/** The cookie of a diagnostics token repeats the URL several times; cut, it still reaches the browser. */
function writeDebugCookie(cookie: OutgoingCookie): string {
  let value = cookie.value.slice(0, MAX_COOKIE_LENGTH);
  let text = serializeCookie({ ...cookie, value });
  while (text.length > MAX_COOKIE_LENGTH) {
    // A character takes up to nine when encoded: this many can go without cutting too much.
    value = value.slice(0, -Math.ceil((text.length - MAX_COOKIE_LENGTH) / 9));
    text = serializeCookie({ ...cookie, value });
  }
  return text;
}

function withLowerCaseId(value: string): string {
  if (!value.startsWith(EVENT_ID)) return value;
  const end = value.indexOf("&");
  const id = value.slice(EVENT_ID.length, end === -1 ? undefined : end);
  return EVENT_ID + id.toLowerCase() + value.slice(EVENT_ID.length + id.length);
}

const EVENT_ID = "EventId=";

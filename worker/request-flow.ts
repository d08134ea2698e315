import type { Settings } from "./deployment/settings.ts";
import type { Connector } from "./isolate/connector.ts";
import type { Context } from "./runtime/platform.ts";
import { realistic, takeQueueToken, TOKEN_HEADER } from "./validation/queue-token.ts";
import { matchedAction } from "./isolate/matched-action.ts";
import { validate } from "./validation/validation.ts";
import type { Sdk } from "./validation/verdict.ts";
import { preflightOf } from "./visitor/preflight.ts";
import { Visit, type VisitorRequest } from "./visitor/visit.ts";

/** What happens with a request. */
export type Decision =
  /** The visitor goes to Queue-it: to the waiting room, its error page or its cancel page. */
  | {
      readonly kind: "to-queue-it";
      readonly url: string;
      readonly isAjax: boolean;
      readonly cookies: readonly string[];
      /** The origin whose scripts may read the answer. */
      readonly reader: string | undefined;
    }
  /** The visitor asks again without the queue token in the address. */
  | {
      readonly kind: "strip-token";
      readonly url: string;
      readonly cookies: readonly string[];
      readonly reader: string | undefined;
    }
  /**
   * A browser asks whether a script may make a call: the site answers; or the connector, where nothing but its
   * own headers made the browser ask, and the script is of this origin.
   */
  | { readonly kind: "preflight"; readonly allowed: string | undefined; readonly cookies: readonly string[] }
  /** A browser fetches a page ahead that queues, and is told not to. */
  | { readonly kind: "prefetch"; readonly cookies: readonly string[] }
  /** The origin answers; it is asked for `url`. */
  | {
      readonly kind: "pass";
      readonly url: string;
      readonly cookies: readonly string[];
      /** Whether an endpoint failed that should have been asked about this visitor. */
      readonly failedOpen: boolean;
    };

/** Loaded once per isolate. */
let sdk: Sdk | undefined;

/**
 * Decides about one request: the visitor's way in six steps.
 *
 * @param request The visitor's request, without its body.
 * @param readBody Gives the first so many characters of the body. Called only when a trigger needs them.
 * @throws Failure for faults of the connector and its surroundings, never because of what the visitor sent.
 */
export async function decide(
  request: VisitorRequest,
  readBody: (limit: number) => Promise<string>,
  connector: Connector,
  context: Context,
): Promise<Decision> {
  // 1. A visitor requests a page: does an action match?
  const address = request.url;
  const reader = readerOf(request, connector.settings);
  if (reader !== undefined && preflightOf(request) === "plain") return preflight(reader);
  const configuration = await connector.configuration.current(context, address);
  const { url, token: tokenInQuery, inQuery } = takeQueueToken(address);
  const body = configuration.readsBody ? await readBody(connector.settings.requestBodyLimit) : "";
  const visit = new Visit(request, url, body);
  const matched = matchedAction(configuration, visit, connector.settings);
  const queueToken = realistic(tokenInQuery || visit.header(TOKEN_HEADER));
  if (matched === undefined && (queueToken === "" || configuration.version === 0)) return pass(address);

  // 2. Neither session cookie nor token: to the waiting room, where 3. the visitor waits.
  const { emptySdkConfiguration } = configuration;
  sdk ??= await import("./validation/sdk.ts");
  const question = { visit, queueToken, matched, emptySdkConfiguration };
  const verdict = await validate(question, connector, sdk);
  if (verdict === "preflight") return preflight(undefined);
  if (verdict === "prefetch") return { kind: verdict, cookies: NO_COOKIES };
  const { cookies, failedOpen } = verdict;
  if (verdict.redirectUrl !== undefined) {
    return { kind: "to-queue-it", url: verdict.redirectUrl, isAjax: verdict.isAjax, cookies, reader };
  }

  // 4. Back with a token, which 5. was validated: the session cookie goes out, the token leaves the address.
  if (inQuery && verdict.isQueueAction) {
    return canBeRepeated(request)
      ? { kind: "strip-token", url, cookies, reader }
      : pass(url, cookies, failedOpen);
  }

  // 6. Later pages pass on the cookie alone.
  return pass(address, cookies, failedOpen);
}

/** The origin of the script that asks, where it may read the connector's own answers. */
function readerOf({ headers }: VisitorRequest, { allowedOrigins }: Settings): string | undefined {
  if (allowedOrigins.length === 0) return undefined;
  const origin = headers.get("origin") ?? "";
  return allowedOrigins.includes(origin) ? origin : undefined;
}

const NO_COOKIES: readonly string[] = [];

function preflight(allowed: string | undefined): Decision {
  return { kind: "preflight", allowed, cookies: NO_COOKIES };
}

function pass(url: string, cookies: readonly string[] = NO_COOKIES, failedOpen = false): Decision {
  return { kind: "pass", url, cookies, failedOpen };
}

/**
 * Whether a redirect to the same page gives the visitor the same page. It would lose the body of a form, and
 * a script that opens a WebSocket does not follow it: there the origin is asked without the token instead.
 */
function canBeRepeated(request: VisitorRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  return request.headers.get("upgrade") === null;
}
